/** Commands that are other spellings of one state, and the name the model has for that state. */
const MODEL_NAMES: ReadonlyMap<string, string> = new Map([
  ['partition', 'part'],
  ['halt', 'reboot'],
  ['poweroff', 'reboot'],
  ['shutdown', 'reboot'],
  ['text', 'displayMode'],
  ['graphical', 'displayMode'],
  ['cmdline', 'displayMode'],
  ['auth', 'authconfig'],
]);

/** Key of `model.commands` for a command as written. */
export function modelName(command: string): string {
  return MODEL_NAMES.get(command) ?? command;
}

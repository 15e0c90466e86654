import { administrator } from './administrator.ts';
import { Whiptail } from './whiptail.ts';

/** The last questions, and the word that wipes the disk. */
export async function makeAdministratorAndInstall(terminal: ConstructorParameters<typeof Whiptail>[0]): Promise<void> {
  const dialog = new Whiptail(terminal);
  await dialog.type(/name by which you log in/, administrator.name);
  await dialog.choose(/How does ada/, /With a password/);
  await dialog.type(/Type it: at least/, administrator.password);
  await dialog.type(/once more/, administrator.password);
  await dialog.goOn(/Nothing has been written/);
  await dialog.choose(/is as you want/, /Install on/);
  const name = /Type its name, (\w+)/.exec(await dialog.shows(/Type its name/))?.[1] ?? '';
  terminal.screen.type(`${name}\r`);
}

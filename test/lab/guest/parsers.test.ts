import { expect, test } from 'vitest';
import { phasesOf } from '../../../scripts/lab/guest/boot-times.ts';
import { Guest } from '../../../scripts/lab/guest/guest.ts';
import { formatJournalEntry, parseJournalLine } from '../../../scripts/lab/guest/journal-entry.ts';
import { parseProperties, unitStateOf } from '../../../scripts/lab/guest/unit-state.ts';

test('a journal entry is read and written as journalctl shows it', () => {
  const entry = parseJournalLine(
    '{"MESSAGE":"Started ssh.service.","PRIORITY":"6","SYSLOG_IDENTIFIER":"systemd","_PID":"1","__MONOTONIC_TIMESTAMP":"5647033"}',
  );
  expect(entry && formatJournalEntry(entry)).toBe('[    5.647033] systemd[1]: Started ssh.service.');
});

test('binary, repeated, missing and broken journal fields are survived', () => {
  expect(parseJournalLine('{"MESSAGE":[104,105],"SYSLOG_IDENTIFIER":["a","b"]}')).toMatchObject({
    message: 'hi',
    identifier: 'a b',
    priority: 6,
  });
  expect(parseJournalLine('{"MESSAGE":null,"_COMM":"dracut"}')).toMatchObject({ message: '', identifier: 'dracut' });
  expect(parseJournalLine('{"MESSAGE":"cut o')).toBeUndefined();
});

test('an entry of priority 0 is an emergency, not a missing one', () => {
  expect(parseJournalLine('{"MESSAGE":"x","PRIORITY":"0"}')?.priority).toBe(0);
});

test('a condition counts as failed only when it was asked', () => {
  const state = (text: string) => unitStateOf(parseProperties(text));
  expect(state('Id=a.service\nConditionResult=no\nConditionTimestampMonotonic=0')).toMatchObject({
    name: 'a.service',
    conditionFailed: false,
  });
  expect(state('ConditionResult=no\nConditionTimestampMonotonic=991')).toMatchObject({ conditionFailed: true });
});

test('property values may hold equal signs', () => {
  expect(parseProperties('Environment=A=1 B=2\n\nType=simple\n')).toEqual({ Environment: 'A=1 B=2', Type: 'simple' });
});

test("boot phases follow from systemd's clock, with and without an initramfs", () => {
  const at = (initramfs: string, userspace: string, finish: string) => ({
    InitRDTimestampMonotonic: initramfs,
    UserspaceTimestampMonotonic: userspace,
    FinishTimestampMonotonic: finish,
  });
  expect(phasesOf(at('3959290', '13458483', '25309811'))).toEqual({
    kernelMs: 3959,
    initramfsMs: 9499,
    userspaceMs: 11851,
  });
  expect(phasesOf(at('0', '2000000', '9000000'))).toEqual({ kernelMs: 2000, initramfsMs: 0, userspaceMs: 7000 });
  expect(phasesOf(at('1', '2', '0'))).toBeUndefined();
});

test('the guest tells its kernel arguments and its journal', async () => {
  const asked: string[] = [];
  const entry = { MESSAGE: 'hello', PRIORITY: '4', SYSLOG_IDENTIFIER: 'x', __MONOTONIC_TIMESTAMP: '1000000' };
  const request = async (script: string) => {
    asked.push(script);
    const stdout = script.includes('cmdline') ? 'root=/dev/vda x="a b"\n' : `${JSON.stringify(entry)}\n`;
    return { status: 0, stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) };
  };
  const guest = new Guest({ request }, 1);
  expect(await guest.kargs()).toEqual(['root=/dev/vda', 'x="a b"']);
  expect(await guest.journal({ unit: 'ssh.service', priority: 3 })).toMatchObject([{ message: 'hello', priority: 4 }]);
  expect(asked[1]).toMatch(/--unit=ssh\.service.* --priority=3/);
});

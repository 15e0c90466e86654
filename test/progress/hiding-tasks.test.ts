import { expect, test, vi } from 'vitest';
import { hidingTasks, taskList } from '../../scripts/progress/index.ts';

test('nothing of tasks is on standard output while a program reads it, and they are done all the same', async () => {
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const done: string[] = [];
  const run = (title: string) => taskList([{ title, task: () => void done.push(title) }]).run();
  try {
    await hidingTasks(async () => {
      await run('hidden');
      await hidingTasks(() => run('hidden, too'));
      await run('hidden still');
    });
    await expect(hidingTasks(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await run('shown');
  } finally {
    write.mockRestore();
  }
  expect(done).toEqual(['hidden', 'hidden, too', 'hidden still', 'shown']);
  expect(written.join('')).toContain('shown');
  expect(written.join('')).not.toContain('hidden');
});

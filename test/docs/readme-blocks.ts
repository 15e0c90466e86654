import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../render/shipped.ts';

/** A fenced block of a page that people read and copy from. */
export interface Block {
  /** `README.md 2`: the page, and the block's number in it. */
  readonly id: string;
  /** What the fence says that it is; empty where it says nothing. */
  readonly language: string;
  readonly text: string;
}

/** Every fenced block of every page in the checkout. */
export function blocks(): readonly Block[] {
  const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: checkout, encoding: 'utf8' }).trim().split('\n');
  return pages.filter((page) => !page.startsWith('test/golden/')).flatMap(blocksOf);
}

/** Every fenced block of one page, by its path in the checkout; a copy of the sources without git has pages, too. */
export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(path.join(checkout, page), 'utf8');
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = ''], index) => ({
    id: `${page} ${index + 1}`,
    language,
    text: body,
  }));
}

/** The command lines of a `sh` block, as a shell splits them; nothing is started. Programs are those that pages name. */
export function commandLines(block: Block, home: string): readonly (readonly string[])[] {
  const programs = ['npx', 'npm', 'phyllome', 'phyllome-guest', 'ci/setup', 'ci/build', 'ci/test'];
  const functions = programs.map((name) => `function ${name} { printf '%s\\037' ${name} "$@"; printf '\\n'; }`);
  const printed = execFileSync('/bin/bash', ['--norc', '-euc', `${functions.join('\n')}\n${block.text}`], {
    env: { PATH: '/nonexistent', HOME: home },
    encoding: 'utf8',
  });
  return printed
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\x1f').slice(0, -1))
    .map((words) => (words[0] === 'npx' ? words.slice(1) : words));
}

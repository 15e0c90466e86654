import { describe, expect, test } from 'vitest';
import { goingWith, packageGraph } from '../../scripts/dossier/reasons/package-graph.ts';
import { packages } from './package-lines.ts';

const graphOf = (lines: readonly string[], asked: readonly string[], weakDependencies = true) =>
  packageGraph(packages(lines), { names: new Set(asked), weakDependencies });

describe('the way to what is asked for', () => {
  const lines = ['host: mail | post, far', 'far: near', 'near: low', 'low:', 'exim=mail:', 'other: low', 'stray:'];
  const wayOf = (name: string, more: readonly string[] = [], asked = ['host']) =>
    graphOf([...lines, ...more], asked)
      .wayTo(name)
      ?.map(({ from, how }) => `${how} by ${from}`);

  test('is the shortest one, through what a package provides', () => {
    expect(wayOf('low')).toEqual(['needed by near', 'needed by far', 'needed by host']);
    expect(wayOf('low', [], ['host', 'other'])).toEqual(['needed by other']);
    expect(wayOf('exim')).toEqual(['needed by host']);
    expect(graphOf(lines, ['host']).wayTo('exim')?.[0]?.words).toBe('mail | post');
  });

  test('is none for what is asked for or essential, and not known for what nothing wants', () => {
    expect(wayOf('host')).toEqual([]);
    expect(wayOf('base', ['base!:'])).toEqual([]);
    expect(wayOf('stray')).toBeUndefined();
  });

  test('goes by a recommendation only where nothing needs it, and where recommendations count', () => {
    const more = ['wish:', 'deep:', 'host-two: ; wish, low', 'wish-user: ; deep'];
    expect(wayOf('wish', more, ['host-two'])).toEqual(['recommended by host-two']);
    expect(wayOf('low', more, ['host', 'host-two'])).toEqual(['needed by near', 'needed by far', 'needed by host']);
    expect(graphOf([...lines, ...more], ['host-two'], false).wayTo('wish')).toBeUndefined();
  });
});

describe('what goes with a package', () => {
  const lines = ['host: tool | spare, lib', 'tool: lib', 'spare:', 'lib: deep', 'deep:', 'other: deep', 'stray:'];
  const going = (name: string, asked: readonly string[], more: readonly string[] = []) =>
    [...goingWith(graphOf([...lines, ...more], asked), [name])].sort();

  test('is what needs it and what only that wanted', () => {
    expect(going('lib', ['host'])).toEqual(['deep', 'host', 'lib', 'spare', 'tool']);
    expect(going('lib', ['host', 'other'])).toEqual(['host', 'lib', 'spare', 'tool']);
  });

  test('is not what has an alternative that stays, nor what nobody knows the reason of', () => {
    expect(going('tool', ['host'])).toEqual(['tool']);
    expect(going('spare', ['host'])).toEqual(['spare']);
    expect(going('host', ['host'])).not.toContain('stray');
  });

  test('is not what provides by itself what it needs', () => {
    expect(going('b', ['a'], ['a=virtual: virtual, b | virtual', 'b=virtual:'])).toEqual(['b']);
  });

  test('is what was only recommended, though its recommender does without', () => {
    const more = ['keen: ; wish', 'wish: under', 'under:'];
    expect(going('wish', ['keen'], more)).toEqual(['under', 'wish']);
    expect(going('keen', ['keen'], more)).toEqual(['keen', 'under', 'wish']);
  });
});

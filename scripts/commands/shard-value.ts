import { unknownValue, type Value } from '../command-line/index.ts';
import { parseShard, type Shard } from '../test-run/index.ts';

/** `2/3`: the second of three equal parts. */
export const shard: Value<Shard> = {
  name: 'm/n',
  read: (given, option) => {
    const found = parseShard(given);
    if (found === undefined) throw unknownValue(option, given, 'such as 2/3: the second of three');
    return found;
  },
};

import { exactSize, sizeInWords } from '../diagnostic/index.ts';
import { plainText } from '../process/index.ts';
import { type BlockDevice, withDescendants } from './block-devices.ts';

/** A disk and what is on it, as people are shown it before they decide. */
export function diskInWords(device: BlockDevice): readonly string[] {
  const facts = [device.model, exactSize(device.bytes), device.bus, device.serial && `serial number ${device.serial}`];
  const parts = withDescendants(device).slice(1);
  return [
    `${device.path}: ${facts.filter((fact) => fact !== '').join(', ')}`,
    ...(parts.length > 0 ? parts : [device]).map((part) => `  ${contentInWords(part)}`),
  ].map(plainText);
}

function contentInWords(part: BlockDevice): string {
  const label = part.label === '' ? '' : ` “${part.label}”`;
  if (part.type !== 'disk' && part.type !== 'loop') {
    return `${part.path}  ${sizeInWords(part.bytes)}  ${part.content || 'nothing that is known'}${label}`;
  }
  if (part.content !== '') return `without partitions: ${part.content}${label}`;
  return part.table === '' ? 'nothing that is known is on it' : `a partition table (${part.table}) without partitions`;
}

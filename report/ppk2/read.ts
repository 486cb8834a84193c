/**
 * Reads a current measurement: a .ppk2 file or the CSV that the Power Profiler app exports (any choice of its columns
 * that has the current; a time column of another tool in ms works too). Refuses ESC450 to ESC452.
 */
import { unzipSync } from 'fflate';
import { brokenCurrentTrace, emptyCurrentTrace, unknownCurrentTrace } from '../../common/refusals/output.ts';
import { bytesPerSample } from './write.ts';

export interface CurrentTrace {
  samplesPerSecond: number;
  currentUa: Float32Array;
}

/** `name` is for messages. */
export function readCurrentTrace(bytes: Uint8Array, name: string): CurrentTrace {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const trace = isZip ? readPpk2(bytes, name) : readCsv(new TextDecoder().decode(bytes), name);
  if (trace.currentUa.length === 0) throw emptyCurrentTrace(name);
  return trace;
}

function readPpk2(bytes: Uint8Array, name: string): CurrentTrace {
  let files: { [name: string]: Uint8Array };
  try {
    files = unzipSync(bytes);
  } catch (error) {
    throw brokenCurrentTrace(name, `the ZIP cannot be read (${(error as Error).message})`);
  }
  const session = files['session.raw'];
  const metadata = files['metadata.json'];
  if (!session || !metadata) {
    throw brokenCurrentTrace(name, `it holds no ${session ? 'metadata.json' : 'session.raw'}`);
  }
  const samplesPerSecond = rateOf(new TextDecoder().decode(metadata));
  if (!(samplesPerSecond > 0)) throw brokenCurrentTrace(name, 'metadata.json gives no samplesPerSecond');
  const view = new DataView(session.buffer, session.byteOffset, session.byteLength);
  const count = Math.floor(session.length / bytesPerSample);
  const currents = Array.from({ length: count }, (_, index) => view.getFloat32(index * bytesPerSample, true));
  // A sample that was lost on the way from the meter is NaN.
  return {
    samplesPerSecond,
    currentUa: Float32Array.from(currents.filter((current) => !Number.isNaN(current))),
  };
}

function rateOf(text: string): number {
  try {
    const parsed = JSON.parse(text) as { metadata?: { samplesPerSecond?: unknown } };
    return Number(parsed.metadata?.samplesPerSecond);
  } catch {
    return Number.NaN;
  }
}

/** Names of the two columns that matter, in any case. */
const timeColumn = /^timestamp\s*\(ms\)$/i;
const currentColumn = /^current\s*\((n|u|µ|m)A\)$/i;
const toMicro: { [prefix: string]: number } = { n: 1e-3, u: 1, µ: 1, m: 1e3 };

function readCsv(text: string, name: string): CurrentTrace {
  const [header = '', ...rows] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const columns = header.split(',').map((column) => column.trim());
  const at = columns.findIndex((column) => currentColumn.test(column));
  const timeAt = columns.findIndex((column) => timeColumn.test(column));
  if (at < 0 || timeAt < 0) throw unknownCurrentTrace(name);
  const factor = toMicro[currentColumn.exec(columns[at]!)![1]!.toLowerCase()]!;
  const currents: number[] = [];
  let [firstMs, lastMs] = [Number.NaN, Number.NaN];
  rows.forEach((row, index) => {
    if (row.trim() === '') return;
    const cells = row.split(',');
    const [ms, current] = [Number(cells[timeAt]), Number(cells[at])];
    if (cells[at]?.trim() === '' || !Number.isFinite(ms) || !Number.isFinite(current))
      throw brokenCurrentTrace(name, `line ${index + 2} has no time and current`);
    if (currents.length === 0) firstMs = ms;
    else if (!(ms > lastMs)) throw brokenCurrentTrace(name, `the time does not rise at line ${index + 2}`);
    lastMs = ms;
    currents.push(current * factor);
  });
  const samplesPerSecond = currents.length < 2 ? 1 : ((currents.length - 1) * 1000) / (lastMs - firstMs);
  return { samplesPerSecond, currentUa: Float32Array.from(currents) };
}

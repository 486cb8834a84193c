/**
 * A host on the wrist in this process: feeds a kernel with what its sensors deliver, asks for a decision whenever a window
 * is complete, and starts the kernel anew when its supply was gone. It keeps what the kernel says, negative status too.
 */
import { KernelInstance } from '../../kernel/instance.ts';
import { status, type KernelManifest } from '../../kernel/manifest.ts';
import type { Delivery, FaultyInput } from './apply.ts';

export interface HostDecision {
  /** When the last sample of the window came. */
  atS: number;
  /** When its first sample came. */
  windowFromS: number;
  /** As the kernel gave it: a decision, or a negative status. */
  value: number;
  /** The window went into the template. */
  enrolled: boolean;
}

export interface HostRun {
  decisions: HostDecision[];
  /** What the kernel answered right after each loss of its state, before it had a window: it must not decide. */
  answersAfterReset: number[];
  /** Message of the trap that ended the run; null: none. */
  trap: string | null;
}

/** Windows that make the template of an owner, before decisions are asked for. */
const enrolmentWindows = 3;

export function runHost(
  wasm: Uint8Array,
  manifest: KernelManifest,
  { deliveries, resetsS }: FaultyInput,
): HostRun {
  const kernel = KernelInstance.load(wasm, manifest);
  const run: HostRun = { decisions: [], answersAfterReset: [], trap: null };
  const feed = feeder(kernel, manifest);
  const pending = [...resetsS].sort((a, b) => a - b);
  let arrivals: number[] = [];
  let toEnrol = manifest.decision.kind === 'mvn' ? enrolmentWindows : 0;
  try {
    kernel.reset();
    for (const delivery of deliveries) {
      while (pending.length > 0 && delivery.atS >= pending[0]!) {
        pending.shift();
        kernel.reset();
        arrivals = [];
        run.answersAfterReset.push(kernel.infer());
      }
      const fed = feed(delivery);
      if (fed === 'dropped') continue;
      if (fed === 'restarted') arrivals = [];
      arrivals.push(delivery.atS);
      if (arrivals.length > manifest.steps) arrivals.shift();
      if (fed !== 'complete') continue;
      const decision = {
        atS: delivery.atS,
        windowFromS: arrivals[0]!,
        value: kernel.infer(),
        enrolled: toEnrol > 0,
      };
      if (toEnrol > 0) {
        kernel.enrol();
        toEnrol--;
      }
      run.decisions.push(decision);
    }
  } catch (error) {
    run.trap = (error as Error).message;
  }
  return run;
}

type Fed = 'taken' | 'complete' | 'dropped' | 'restarted';

/** Frames go in whole, or not at all; a kernel that takes timestamps gets each sensor's sample with its time. */
function feeder(kernel: KernelInstance, manifest: KernelManifest): (delivery: Delivery) => Fed {
  if (!manifest.io.time) {
    return ({ counts, silent }) => {
      if (silent.size > 0) return 'dropped';
      return kernel.push(counts) ? 'complete' : 'taken';
    };
  }
  const sensors = [...new Set(manifest.channels.map(({ sensor }) => sensor))];
  return ({ atS, counts, silent }) => {
    let fed: Fed = 'dropped';
    sensors.forEach((sensor, index) => {
      if (silent.has(sensor)) return;
      const first = manifest.channels.findIndex((channel) => channel.sensor === sensor);
      const own = manifest.channels.filter((channel) => channel.sensor === sensor).length;
      const answer = kernel.sample(
        index,
        BigInt(Math.round(atS * 1e6)),
        first,
        counts.subarray(first, first + own),
      );
      if (answer === 1) fed = 'complete';
      else if (answer === status.gap && fed !== 'complete') fed = 'restarted';
      else if (answer >= 0 && fed === 'dropped') fed = 'taken';
    });
    return fed;
  };
}

/** Whether a value is a decision that this kernel can give, or a status that it can answer with. */
export function isAnswer(value: number, { decision }: KernelManifest): boolean {
  if (value < 0) return (Object.values(status) as number[]).includes(value);
  return Number.isInteger(value) && value < (decision.kind === 'argmax' ? decision.classes : 2);
}

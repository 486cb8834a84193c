/**
 * A discrete-event run of a pipeline on a board: sensors on and off by the schedule, FIFO reads, windows, inference,
 * enrolment, radio and sleep, each component on its rail, through regulators, out of the battery.
 *
 * Events are what changes the pace: a segment starts or ends, a window is full, a decision is done, the battery is
 * looked at. Between two events reads repeat evenly and are counted in closed form (sample-clock.ts), so a day at 512 Hz
 * costs as many steps as there are decisions. Reads interrupt a running inference and move its end.
 *
 * Not modelled: the LED pulses within a sample (their average is), start-up time of sensors, bus contention.
 */
import type { Estimate } from '../../common/estimate.ts';
import { rateNotPositive, sensorMissing, workloadNotFinite } from '../../common/refusals/board.ts';
import { wakeMs } from '../power/cpu-power.ts';
import { missingSensors } from '../sensors/missing-sensors.ts';
import { boardSensorPower } from '../sensors/sensor-power.ts';
import { readsPerHop } from '../sensors/wakeups.ts';
import { Cell } from './cell.ts';
import { componentsOf } from './components.ts';
import { EventQueue } from './event-queue.ts';
import { Ledger } from './ledger.ts';
import { arrivalClock, evenClock, recordedClock, type SampleClock } from './sample-clock.ts';
import { checkSchedule, secondsPerDay, type Segment } from './schedule.ts';
import type { TimelineRun, TimelineSetup } from './setup.ts';
import { toNs, toSeconds } from './time.ts';

type Event =
  | { kind: 'segment-start'; segment: Segment; dayNs: number }
  | { kind: 'segment-end'; use: Use }
  | { kind: 'window'; use: Use; dueNs: number }
  | { kind: 'done'; job: Job }
  | { kind: 'battery' };

/** A segment that is running. */
interface Use {
  segment: Segment;
  clock: SampleClock;
  endNs: number;
  enrolLeft: number;
}

interface Job {
  enrol: boolean;
  lastSampleNs: number;
  /** The CPU is awake and reads. */
  awakeNs: number;
  startNs: number;
  endNs: number;
}

const batteryStepNs = toNs(60);

/** Runs the timeline at one end of every band ("low": least power). Refuses ESC406, ESC408, ESC410, ESC411, ESC412. */
export function runTimeline(setup: TimelineSetup, end: keyof Estimate = 'value'): TimelineRun {
  check(setup);
  const parts = componentsOf(setup, end);
  const ledger = new Ledger(parts.all, parts.efficiency);
  const weakest: { [key in keyof Estimate]: keyof Estimate } = { low: 'high', value: 'value', high: 'low' };
  const cell = new Cell(setup.board, weakest[end]);
  const queue = new EventQueue<Event>();
  const endNs = toNs(setup.durationSeconds);
  const hopNs = toNs(setup.hopSeconds);
  const windowNs = toNs(setup.windowSeconds);
  const perHop = readsPerHop(setup.board, setup.pipelineSensors, setup.rateHz, setup.hopSeconds);
  const readSeconds = setup.hopSeconds / perHop;
  const fifoFrames = Math.min(
    ...boardSensorPower(setup.board, setup.pipelineSensors, setup.rateHz).map((run) => run.fifoFrames.value),
  );
  const evenFrames = setup.rateHz * readSeconds;
  const framesPerRead =
    setup.recording || setup.samplesAtS
      ? Math.max(1, Math.min(fifoFrames, Math.round(evenFrames)))
      : evenFrames;
  // The energy of a wake-up is a pulse; its time only delays what comes after it.
  const wakeNs = Math.min(Math.round(wakeMs(setup.board, perHop / setup.hopSeconds)[end] * 1e6), hopNs);
  const readNs = Math.round(parts.readNsPerFrame * framesPerRead);

  const counts = { reads: 0, decisions: 0, enrolments: 0, skipped: 0, messages: 0, transmissions: 0 };
  const latency = { sum: 0, max: 0, count: 0 };
  let now = 0;
  let use: Use | undefined;
  let job: Job | undefined;
  /** Reading that was begun and goes on beyond the last event. */
  let owedReadNs = 0;
  let drained = 0;
  let drainedAtNs = 0;
  let emptyAtSeconds: number | null = null;

  /** Books everything between now and a later time; nothing changes its state in between. */
  const advance = (to: number): void => {
    const span = to - now;
    if (span <= 0) return;
    const reads = use ? use.clock.reads(now, to) : 0;
    if (reads > 0 && setup.observe) observeReads(setup.observe, use!.clock, now, to, readNs);
    counts.reads += reads;
    owedReadNs += reads * readNs;
    const waking = job ? Math.min(span, Math.max(0, job.awakeNs - now)) : 0;
    const reading = Math.min(span - waking, owedReadNs);
    owedReadNs -= reading;
    const inferring = job
      ? Math.min(span - waking - reading, Math.max(0, to - Math.max(now, job.startNs)))
      : 0;
    ledger.spend(parts.baseline, 'on', span);
    for (const sensor of parts.sensors) ledger.spend(sensor, use ? 'on' : 'off', span);
    ledger.spend(parts.cpu, 'read', reading);
    ledger.spend(parts.cpu, 'inference', inferring);
    ledger.spend(parts.cpu, 'sleep', span - reading - inferring);
    if (reads > 0) ledger.pulse(parts.cpu, 'wake', reads);
    now = to;
  };

  const clockOf = (startNs: number, until: number, warm: boolean): SampleClock => {
    const { samplesAtS, recording, recordingRepeats } = setup;
    if (samplesAtS) return arrivalClock(startNs, until, samplesAtS, framesPerRead);
    if (recording)
      return recordedClock(startNs, recording, framesPerRead, recordingRepeats ? until : undefined);
    return evenClock(startNs, until, readSeconds, warm);
  };

  const startUse = (segment: Segment, dayNs: number): void => {
    if (use) stopUse(use);
    const startNs = dayNs + toNs(segment.startS);
    const until = dayNs + toNs(segment.endS);
    const warm = segment.warm === true;
    const clock = clockOf(startNs, until, warm);
    use = { segment, clock, endNs: until, enrolLeft: segment.enrolWindows ?? 0 };
    queue.push(until, { kind: 'segment-end', use });
    if (setup.windowsAtS) {
      const due = setup.windowsAtS.map(toNs).filter((at) => at >= startNs && at < until);
      for (const at of due) windowAt(use, at);
    } else windowAt(use, startNs + (warm ? 0 : windowNs));
  };

  /** A window that is full at `dueNs` is seen at the next read. */
  const windowAt = (of: Use, dueNs: number): void => {
    const readAt = of.clock.nextRead(dueNs);
    if (readAt < of.endNs) queue.push(readAt, { kind: 'window', use: of, dueNs });
  };

  const windowFull = (event: Extract<Event, { kind: 'window' }>): void => {
    if (event.use !== use) return;
    if (use.segment.decisions === 'every-hop' && !setup.windowsAtS) windowAt(use, event.dueNs + hopNs);
    if (job) {
      counts.skipped++;
      return;
    }
    // A CPU that is still reading does not sleep.
    const awakeNs = owedReadNs > 0 ? now : now + wakeNs;
    const startNs = awakeNs + readNs;
    job = {
      enrol: use.enrolLeft > 0,
      lastSampleNs: use.clock.lastSample(now),
      awakeNs,
      startNs,
      endNs: endOfWork(use.clock, now, startNs + parts.inferenceNs, readNs),
    };
    if (job.enrol) use.enrolLeft--;
    queue.push(job.endNs, { kind: 'done', job });
  };

  const decided = (done: Job): void => {
    job = undefined;
    ledger.pulse(parts.cpu, 'decision', 1);
    if (done.enrol) counts.enrolments++;
    else counts.decisions++;
    const tookNs = done.endNs - done.lastSampleNs;
    latency.sum += tookNs;
    latency.count++;
    latency.max = Math.max(latency.max, tookNs);
    const label = done.enrol ? 'enrolment' : 'inference';
    setup.observe?.({ track: label, label, startNs: done.startNs, endNs: done.endNs });
    setup.observe?.({ track: 'decision', label, startNs: done.lastSampleNs, endNs: done.endNs });
    if (parts.radio && setup.bytesPerDecision) {
      const sent = setup.sendsOf?.(counts.messages) ?? 1;
      counts.messages++;
      counts.transmissions += sent;
      ledger.pulse(parts.radio, 'message', sent);
      setup.observe?.({
        track: 'radio',
        label: `${setup.bytesPerDecision} bytes`,
        startNs: now,
        endNs: now + parts.radioNs * sent,
      });
    }
    // A one-decision segment has what it was for: its sensors go off.
    if (use && use.segment.decisions === 'one') stopUse(use);
  };

  const stopUse = (of: Use): void => {
    if (use !== of) return;
    const startNs = of.endNs - toNs(of.segment.endS - of.segment.startS);
    setup.observe?.({ track: 'sensor', label: of.segment.label, startNs, endNs: now });
    use = undefined;
  };

  /** What is under way when the run ends is told as far as it came. */
  const observeUnfinished = (): void => {
    if (job && job.startNs < now) {
      const label = job.enrol ? 'enrolment' : 'inference';
      setup.observe!({ track: label, label, startNs: job.startNs, endNs: now });
    }
    if (use) stopUse(use);
  };

  const lookAtBattery = (): void => {
    const total = ledger.streamedPicojoules;
    if (!cell.empty) {
      cell.drain((total - drained) * 1e-6, toSeconds(now - drainedAtNs));
      if (cell.empty) emptyAtSeconds = toSeconds(now);
    }
    drained = total;
    drainedAtNs = now;
    setup.observeBattery?.({ seconds: toSeconds(now), soc: cell.soc, volts: cell.volts });
  };

  for (let day = 0; day * secondsPerDay < setup.durationSeconds; day++) {
    const dayNs = toNs(day * secondsPerDay);
    for (const segment of setup.schedule.segments) {
      queue.push(dayNs + toNs(segment.startS), { kind: 'segment-start', segment, dayNs });
    }
  }
  queue.push(batteryStepNs, { kind: 'battery' });

  while (queue.nextNs < endNs) {
    advance(queue.nextNs);
    const event = queue.pop()!;
    if (event.kind === 'segment-start') startUse(event.segment, event.dayNs);
    else if (event.kind === 'segment-end') stopUse(event.use);
    else if (event.kind === 'window') windowFull(event);
    else if (event.kind === 'done') decided(event.job);
    else {
      lookAtBattery();
      queue.push(now + batteryStepNs, event);
    }
  }
  advance(endNs);
  if (setup.observe) observeUnfinished();
  lookAtBattery();

  const totals = ledger.totals();
  const share = (microjoules: number) => microjoules / setup.durationSeconds / 1e3;
  const sensorUj = totals.components
    .filter((component) => component.sensor)
    .reduce(
      (sum, { rail, microjoules }) => sum + microjoules / (rail === null ? 1 : parts.efficiency[rail]!),
      0,
    );
  return {
    ...totals,
    durationSeconds: setup.durationSeconds,
    averageMw: share(totals.batteryMicrojoules),
    sensorMw: share(sensorUj),
    counts,
    latencyMs:
      latency.count === 0 ? null : { mean: (latency.sum / latency.count) * 1e-6, max: latency.max * 1e-6 },
    battery: { soc: cell.soc, volts: cell.volts, emptyAtSeconds },
  };
}

/**
 * End of a piece of work that reads interrupt: each read that starts before the end moves it. The read at `fromNs` is in.
 * Infinity when reading takes all the time there is.
 */
function endOfWork(clock: SampleClock, fromNs: number, plainEndNs: number, readNs: number): number {
  let end = plainEndNs;
  for (let round = 0; round < 1000; round++) {
    const moved = plainEndNs + clock.reads(fromNs + 1, end) * readNs;
    if (moved <= end) return end;
    end = moved;
  }
  return Infinity;
}

function observeReads(
  observe: NonNullable<TimelineSetup['observe']>,
  clock: SampleClock,
  from: number,
  to: number,
  readNs: number,
): void {
  for (let at = clock.nextRead(from); at < to; at = clock.nextRead(at + 1)) {
    observe({ track: 'read', label: 'FIFO read', startNs: at, endNs: at + readNs });
  }
}

function check(setup: TimelineSetup): void {
  if (!(setup.rateHz > 0) || !Number.isFinite(setup.rateHz)) throw rateNotPositive(setup.rateHz);
  for (const key of ['windowSeconds', 'hopSeconds', 'durationSeconds'] as const) {
    if (!(setup[key] > 0 && Number.isFinite(setup[key]))) throw workloadNotFinite(key, setup[key]);
  }
  const [missing] = missingSensors(setup.board, setup.pipelineSensors);
  if (missing) throw sensorMissing(missing.reason);
  checkSchedule(setup.schedule);
}

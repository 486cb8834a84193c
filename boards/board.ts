/**
 * A board: what a kernel runs on and what feeds it. One JSON file a board (`BoardFile`, board-file.ts), composed with the
 * parts that it names into this type. Every hardware number is a `Sourced`: a number without a published source is
 * `assumed` and carries `low` and `high`, which flow into every result that rests on it.
 *
 *   battery --> rails (regulators) --> cpu, radio, sensor parts
 *         \--> baseline (display, system, bus: whatever no other part accounts for)
 */
import type { Sourced } from '../common/sourced.ts';

export type CoreId = 'cortex-a7' | 'cortex-a8' | 'cortex-m4' | 'cortex-m33';
export type SensorName = 'ppg' | 'accelerometer' | 'gyroscope';

/** Sourced numbers by unit; named so that the schema's definitions carry these names. */
export type Ratio = Sourced<'1'>;
export type Megahertz = Sourced<'MHz'>;
export type Milliwatts = Sourced<'mW'>;
export type Microjoules = Sourced<'uJ'>;
export type Milliamperes = Sourced<'mA'>;
export type Volts = Sourced<'V'>;
export type PowerCoefficient = Sourced<'uW/MHz/V^2'>;
export type Bytes = Sourced<'B'>;
export type MegabytesPerSecond = Sourced<'MB/s'>;
export type Nanoseconds = Sourced<'ns'>;
export type Cycles = Sourced<'cycles'>;
export type MilliampereHours = Sourced<'mAh'>;
export type Milliseconds = Sourced<'ms'>;
export type Microseconds = Sourced<'us'>;
export type Samples = Sourced<'samples'>;
export type MicrojoulesPerByte = Sourced<'uJ/B'>;
export type PerMonth = Sourced<'1/month'>;
export type MicrosecondsPerByte = Sourced<'us/B'>;

export interface Board {
  $schema?: string;
  /** Lower case with dashes; the file name of a board in `boards/`. */
  id: string;
  title: string;
  /** `documented`: a product that can be bought. `assumed`: a stand-in composed from likely parts. */
  standing: 'documented' | 'assumed';
  /** What a reader must know before trusting a figure of this board, one sentence each. Printed with the results. */
  notes: string[];
  cpu: BoardCpu;
  memory: BoardMemory;
  /** Supply rails by name; sensors, CPU and radio refer to them. */
  rails: { [name: string]: Rail };
  battery: Battery;
  baseline: Baseline;
  sensors: BoardSensors;
  radio?: BoardRadio;
}

export interface BoardCpu {
  /**
   * Id of a CPU in `boards/parts/cpus`: gives every field that is not given here.
   * @examples ["cortex-a7-28nm", "nrf52840"]
   */
  part?: string;
  /** System on chip or microcontroller, e.g. "nRF52840". */
  chip: string;
  core: CoreId;
  cores: Ratio;
  clock: {
    maxMhz: Megahertz;
    /** The clock that latency and energy are computed at. */
    usedMhz: Megahertz;
  };
  /** Where an operating system sets the clock by load: work on an idle core begins slowly. Absent: it begins at `usedMhz`. */
  governor?: Governor;
  active: ActivePower;
  /** All cores asleep, RAM kept. Absent: the baseline of the board includes it. */
  sleepMw?: Milliwatts;
  /** Extra energy of one wake-up that reads a sensor: clock start, transfer, return to sleep. */
  wakeUj: Microjoules;
  /** Factor on cycles for code run from flash through its cache. Absent: code runs from RAM behind caches. */
  flashSlowdown?: Ratio;
  /** Rail that feeds the CPU. */
  rail: string;
}

export interface Governor {
  /** Clock of a core that was idle. */
  startMhz: Megahertz;
  /** Time until the governor has raised it to the clock used. */
  rampMs: Milliseconds;
}

/** Power of one busy core at the clock used. */
export type ActivePower = SupplyCurrent | DynamicCoefficient;

/** The datasheet's current at its test clock and voltage, scaled linearly with the clock used. */
export interface SupplyCurrent {
  law: 'supply-current';
  currentMa: Milliamperes;
  volts: Volts;
  atMhz: Megahertz;
}

/** P = coefficient x f x V^2 (Linux `dynamic-power-coefficient`), V interpolated between operating points. */
export interface DynamicCoefficient {
  law: 'dynamic-coefficient';
  coefficient: PowerCoefficient;
  /** Rising in MHz. */
  operatingPoints: { mhz: number; volts: Volts }[];
}

export interface BoardMemory {
  /** Storage for code; `availableBytes` is what a kernel and its runtime may take. */
  flash: { totalBytes?: Bytes; availableBytes: Bytes };
  ram: { totalBytes?: Bytes; availableBytes: Bytes };
  caches?: { l1Instruction?: Cache; l1Data?: Cache; l2?: Cache };
  dram?: { type?: string; bandwidthMBs?: MegabytesPerSecond; latencyNs?: Nanoseconds };
}

export interface Cache {
  bytes: Bytes;
  ways?: Ratio;
  lineBytes?: Bytes;
  /** Cycles that a miss of the level above costs when this level hits. */
  hitCycles?: Cycles;
}

/** A regulated supply: what a load draws from it is divided by its efficiency at the battery. */
export interface Rail {
  volts: Volts;
  /**
   * Id of a regulator in `boards/parts/regulators`: gives the efficiency.
   * @examples ["linear", "small-boost", "small-buck", "watch-pmic"]
   */
  regulator?: string;
  /** Power out over power in, 0 to 1. */
  efficiency: Ratio;
}

export interface Battery {
  /** Id of a cell in `boards/parts/cells`: gives its curve, and every field that is not given here. */
  cell: string;
  capacityMah: MilliampereHours;
  volts: Volts;
  /** Share of the capacity that a user gets before the board shuts down. */
  usableFraction: Ratio;
  /** Share of the rated charge that is lost in a month of lying about. */
  selfDischargePerMonth: PerMonth;
  /** Capacity of the cell as old as it is, over its rated one. */
  ageing: Ratio;
}

export interface Baseline {
  /** Drawn from the battery at all times, beside every other part. */
  mw: Milliwatts;
  /** `sensor-supply`: a published sensor figure of this board includes it; it then counts in `sensorMw`. */
  role: 'system' | 'sensor-supply';
  /** What it stands for. */
  about: string;
}

export interface BoardSensors {
  ppg?: PpgReference;
  imu?: ImuReference;
  /** Sensors that a source says the board does not have. */
  absent?: { sensor: SensorName; source: string }[];
}

export interface PartReference {
  /** Id of a part in `boards/parts/`. */
  part: string;
  /** Power of the board's real part over this part's law: 1 where the part is known, a wide range where it stands in. */
  likeness: Ratio;
  /** Rail by supply pin of the part, e.g. { "vdd": "1v8", "led": "5v" }. */
  supplies: { [pin: string]: string };
  /** Samples that a sensor hub of the board collects before it wakes the CPU, in place of the part's own FIFO. */
  hubSamples?: Samples;
}

export interface PpgReference extends PartReference {
  /**
   * Id of a PPG part in `boards/parts/`.
   * @examples ["afe4490", "generic-ppg", "max86141"]
   */
  part: string;
  settings: PpgSettings;
}

export interface PpgSettings {
  ledCurrentMa: Milliamperes;
  /** Time that an LED is on in one exposure. */
  pulseWidthUs: Microseconds;
  /** LED pulses in one sample. */
  exposures: Ratio;
  /** Photodiodes read at once: channels = exposures x photodiodes. */
  photodiodes: Ratio;
}

export interface ImuReference extends PartReference {
  /**
   * Id of an IMU part in `boards/parts/`.
   * @examples ["bmi160", "lsm6dsv16x", "mpu-9250"]
   */
  part: string;
  settings: ImuSettings;
}

export interface ImuSettings {
  /** `low-power`: duty-cycled where part and rate allow it and the gyroscope is off. */
  accelerometerMode: 'low-power' | 'continuous';
}

export interface BoardRadio {
  /**
   * Id of a radio in `boards/parts/radios`: gives every field that is not given here.
   * @examples ["nrf52840-ble"]
   */
  part?: string;
  /** e.g. "nRF52840 BLE, 1 Mbps, 0 dBm". */
  title: string;
  rail: string;
  /** What sending costs where no packets are known; one of this and `packets`. */
  energyPerByteUj?: MicrojoulesPerByte;
  packets?: RadioPackets;
}

/** A radio that sends payload in packets, each answered by an empty one: short messages cost far more a byte. */
export interface RadioPackets {
  transmitMa: Milliamperes;
  receiveMa: Milliamperes;
  volts: Volts;
  usPerByte: MicrosecondsPerByte;
  /** Bytes on the air beside the payload. */
  overheadBytes: Bytes;
  /** Payload of one packet at most. */
  payloadBytes: Bytes;
  /** Bytes of the empty answer. */
  acknowledgeBytes: Bytes;
  /** Pause between two packets; the receiver listens. */
  interFrameUs: Microseconds;
  /** Everything else of one message: crystal start, ramp-up, CPU of the link layer. */
  eventUj: Microjoules;
}

/** Sensors that a pipeline can use on this board. */
export function sensorsOf(board: Board): SensorName[] {
  const absent = new Set(board.sensors.absent?.map((entry) => entry.sensor));
  const present: SensorName[] = [];
  if (board.sensors.ppg) present.push('ppg');
  if (board.sensors.imu) present.push('accelerometer', 'gyroscope');
  return present.filter((sensor) => !absent.has(sensor));
}

/** Invented but plausible boards and runtimes for the tests of reporters. Nothing here is a fact about a product. */
import type { SourceKind } from '../../common/sourced.ts';

export interface FixtureBoard {
  id: string;
  core: string;
  cores: number;
  clockMhz: number;
  /** Cycles relative to the Cortex-M4 figure of a runtime. */
  cycleFactor: number;
  flashBytes: number;
  ramBytes: number;
  capacityMwh: number;
  /** Sensor power at rate f is fixed + slope * f, in mW; null: the board has no such sensor. */
  ppg: { part: string; fixedMw: number; mwPerHz: number; source: string } | null;
  imu: { part: string; fixedMw: number; mwPerHz: number; kind: SourceKind; source: string };
  idleMw: number;
  activeMw: number;
}

const MPU = {
  part: 'MPU-9250 class',
  fixedMw: 8.5,
  mwPerHz: 0.0009,
  kind: 'datasheet' as const,
  source: 'PS-MPU-9250A-01 Rev 1.0, 6-axis supply current 3.4 mA at 2.5 V',
};
const MIB = 1024 * 1024;

export const fixtureBoards: readonly FixtureBoard[] = [
  {
    id: 'sony-smartwatch-3',
    core: 'cortex-a7',
    cores: 4,
    clockMhz: 1200,
    cycleFactor: 0.92,
    flashBytes: 4096 * MIB,
    ramBytes: 512 * MIB,
    capacityMwh: 1596,
    ppg: null,
    imu: MPU,
    idleMw: 28,
    activeMw: 159,
  },
  {
    id: 'moto-360-1st-gen',
    core: 'cortex-a8',
    cores: 1,
    clockMhz: 1000,
    cycleFactor: 1.05,
    flashBytes: 4096 * MIB,
    ramBytes: 512 * MIB,
    capacityMwh: 1140,
    ppg: {
      part: 'AFE4490',
      fixedMw: 9.2,
      mwPerHz: 0.004,
      source: 'SBAS602H, quiescent 2.84 mW without LEDs',
    },
    imu: { ...MPU, kind: 'assumed', source: 'part not named in the teardown; MPU-9250 figures stand in' },
    idleMw: 35,
    activeMw: 420,
  },
  {
    id: 'moto-360-sport',
    core: 'cortex-a7',
    cores: 4,
    clockMhz: 1200,
    cycleFactor: 0.92,
    flashBytes: 4096 * MIB,
    ramBytes: 512 * MIB,
    capacityMwh: 1140,
    ppg: { part: 'optical sensor', fixedMw: 6.1, mwPerHz: 0.011, source: 'part not found; assumed' },
    imu: { ...MPU, kind: 'assumed', source: 'part not found; MPU-9250 figures stand in' },
    idleMw: 28,
    activeMw: 159,
  },
  {
    id: 'samsung-gear-live',
    core: 'cortex-a7',
    cores: 4,
    clockMhz: 1200,
    cycleFactor: 0.92,
    flashBytes: 4096 * MIB,
    ramBytes: 512 * MIB,
    capacityMwh: 1140,
    ppg: { part: 'optical sensor', fixedMw: 6.1, mwPerHz: 0.011, source: 'part not found; assumed' },
    imu: { ...MPU, kind: 'assumed', source: 'part not found; MPU-9250 figures stand in' },
    idleMw: 30,
    activeMw: 159,
  },
  {
    id: 'we-be-class',
    core: 'cortex-m4',
    cores: 1,
    clockMhz: 64,
    cycleFactor: 1,
    flashBytes: MIB,
    ramBytes: 256 * 1024,
    capacityMwh: 555,
    ppg: {
      part: 'MAX86141',
      fixedMw: 6.12,
      mwPerHz: 0.01504,
      source: '19-100051 Rev 1, and a fixed part fitted to the savings of the Pulse paper',
    },
    imu: { ...MPU, fixedMw: 8.5, kind: 'assumed', source: 'no inertial sensor is documented; assumed' },
    idleMw: 0.011,
    activeMw: 9.9,
  },
];

export interface FixtureRuntime {
  id: string;
  /** Cortex-M4 cycles for one wasm operation, with its band as factors. */
  cyclesPerOp: number;
  low: number;
  high: number;
  flashBytes: number;
  ramBytes: number;
  kind: SourceKind;
}

export const fixtureRuntimes: readonly FixtureRuntime[] = [
  {
    id: 'wasm3',
    cyclesPerOp: 8,
    low: 0.85,
    high: 1.3,
    flashBytes: 65_536,
    ramBytes: 10_240,
    kind: 'datasheet',
  },
  {
    id: 'wamr-classic',
    cyclesPerOp: 16.6,
    low: 0.85,
    high: 1.3,
    flashBytes: 57_651,
    ramBytes: 7_168,
    kind: 'measured',
  },
  {
    id: 'wamr-fast',
    cyclesPerOp: 6.8,
    low: 0.85,
    high: 1.3,
    flashBytes: 60_313,
    ramBytes: 30_720,
    kind: 'measured',
  },
  { id: 'wasm2c', cyclesPerOp: 0.57, low: 0.9, high: 1.2, flashBytes: 2_048, ramBytes: 512, kind: 'model' },
  {
    id: 'wasm2c-unchecked',
    cyclesPerOp: 0.28,
    low: 0.9,
    high: 1.15,
    flashBytes: 1_536,
    ramBytes: 512,
    kind: 'model',
  },
  {
    id: 'wamr-aot',
    cyclesPerOp: 0.6,
    low: 0.55,
    high: 2.4,
    flashBytes: 30_105,
    ramBytes: 15_667,
    kind: 'assumed',
  },
];

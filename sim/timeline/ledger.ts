/**
 * Energy kept twice, so that conservation can be checked and not only assumed:
 *
 *   by state   integer nanoseconds in each state of each component, and counted pulses; energy only at the end
 *   streamed   picojoules added to the rail as time advances, and from the rails through regulators to the battery
 *
 * mW x ns = pJ.
 */
import { CompensatedSum } from './compensated-sum.ts';

export interface Component {
  name: string;
  /** null: straight from the battery. */
  rail: string | null;
  sensor: boolean;
  /** Power by state in mW. */
  states: { [state: string]: number };
  /** Energy by pulse in uJ. */
  pulses: { [pulse: string]: number };
  /** The power of a state is the mean of short pulses, e.g. of an LED; only waveforms draw them. */
  ripple?: { periodS: number; onS: number };
}

export interface ComponentEnergy {
  name: string;
  rail: string | null;
  sensor: boolean;
  microjoules: number;
  secondsByState: { [state: string]: number };
  countByPulse: { [pulse: string]: number };
}

export interface LedgerTotals {
  components: ComponentEnergy[];
  rails: { name: string; loadMicrojoules: number; lossMicrojoules: number }[];
  /** Battery output as the sum over components and regulator losses, from states and pulses. */
  batteryMicrojoules: number;
  /** Battery output as streamed while time advanced. */
  streamedMicrojoules: number;
}

export class Ledger {
  private readonly time = new Map<Component, Map<string, number>>();
  private readonly count = new Map<Component, Map<string, number>>();
  private readonly battery = new CompensatedSum();
  private readonly efficiency: { [rail: string]: number };

  /** `efficiency` by rail, 0 to 1. */
  constructor(components: readonly Component[], efficiency: { [rail: string]: number }) {
    this.efficiency = efficiency;
    for (const component of components) {
      this.time.set(component, new Map(Object.keys(component.states).map((state) => [state, 0])));
      this.count.set(component, new Map(Object.keys(component.pulses).map((pulse) => [pulse, 0])));
    }
  }

  /** Books time in a state. */
  spend(component: Component, state: string, ns: number): void {
    const times = this.time.get(component)!;
    times.set(state, times.get(state)! + ns);
    this.battery.add((component.states[state]! * ns) / this.through(component.rail));
  }

  /** Books pulses. */
  pulse(component: Component, pulse: string, times: number): void {
    const counts = this.count.get(component)!;
    counts.set(pulse, counts.get(pulse)! + times);
    this.battery.add((component.pulses[pulse]! * 1e6 * times) / this.through(component.rail));
  }

  /** Picojoules out of the battery so far. */
  get streamedPicojoules(): number {
    return this.battery.value;
  }

  totals(): LedgerTotals {
    const components = [...this.time].map(([component, times]): ComponentEnergy => {
      const counts = this.count.get(component)!;
      const energy = new CompensatedSum();
      for (const [state, ns] of times) energy.add(component.states[state]! * ns * 1e-6);
      for (const [pulse, times_] of counts) energy.add(component.pulses[pulse]! * times_);
      return {
        name: component.name,
        rail: component.rail,
        sensor: component.sensor,
        microjoules: energy.value,
        secondsByState: Object.fromEntries([...times].map(([state, ns]) => [state, ns * 1e-9])),
        countByPulse: Object.fromEntries(counts),
      };
    });
    const names = [...new Set(components.flatMap(({ rail }) => (rail === null ? [] : [rail])))].sort();
    const rails = names.map((name) => {
      const load = new CompensatedSum();
      for (const component of components) if (component.rail === name) load.add(component.microjoules);
      return {
        name,
        loadMicrojoules: load.value,
        lossMicrojoules: load.value * (1 / this.through(name) - 1),
      };
    });
    const battery = new CompensatedSum();
    for (const component of components) battery.add(component.microjoules);
    for (const rail of rails) battery.add(rail.lossMicrojoules);
    return {
      components,
      rails,
      batteryMicrojoules: battery.value,
      streamedMicrojoules: this.battery.value * 1e-6,
    };
  }

  private through(rail: string | null): number {
    return rail === null ? 1 : this.efficiency[rail]!;
  }
}

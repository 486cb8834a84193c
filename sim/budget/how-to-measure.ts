/** What narrows the range of a board's number: the cheapest measurement or look-up that settles it, by field. */
const ways: readonly (readonly [field: RegExp, way: string])[] = [
  [
    /^baseline\.mw$/,
    'record the current at the battery for a minute, sensors and kernel off; then escapement boards fit',
  ],
  [/^rails\..*\.efficiency$/, 'measure voltage and current on both sides of the regulator at this load'],
  [/^rails\..*\.volts$/, 'measure the rail with a voltmeter, or read it in the schematic'],
  [/ledCurrentMa$/, 'read the LED current that the driver sets, or record the current with LEDs on and off'],
  [/pulseWidthUs$/, 'read the pulse width that the driver sets'],
  [/exposures$|photodiodes$/, 'read the LED sequence that the driver sets'],
  [/likeness$/, 'name the real part and give it a law, or record the current with the sensor on and off'],
  [/hubSamples$/, 'read how many samples the sensor hub collects before it wakes the CPU'],
  [
    /^cpu\.wakeUj$/,
    'record the current of one wake-up at 100 kHz and integrate it; its length is the wake-up in the latency',
  ],
  [/^cpu\.sleepMw$/, 'record the current for a minute with everything asleep'],
  [/^cpu\.active\./, 'record the current while the core runs a busy loop'],
  [
    /^cpu\.governor\./,
    'read scaling_governor and its settings in /sys/devices/system/cpu, or trace the clock once',
  ],
  [/^cpu\.clock\./, 'read the clock that the firmware or governor sets'],
  [/^cpu\.flashSlowdown$/, 'time the kernel once from flash and once from RAM'],
  [/^battery\.usableFraction$/, 'discharge the battery at a known current until the board shuts down'],
  [/^battery\./, 'read it on the cell, or discharge the cell once at a known current'],
  [/^radio\./, 'record the current of one message at 100 kHz and integrate it'],
];

export const howToMeasure = (field: string): string =>
  ways.find(([pattern]) => pattern.test(field))?.[1] ?? 'measure it, or find a source that gives it';

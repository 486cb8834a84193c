/** The start of a board file of one's own: valid as it is, every choice commented. */

import { imuParts, ppgParts } from './parts/index.ts';

/**
 * Text of a commented board file (JSON with comments) for `id`, which is a lower-case name with dashes. `schema` is where
 * editors find the schema, relative to the file.
 */
export function newBoardTemplate(id = 'my-board', schema = './board.schema.json'): string {
  return template
    .replaceAll('$ID', id)
    .replaceAll('$SCHEMA', schema)
    .replaceAll('$PPG', ids(ppgParts))
    .replaceAll('$IMU', ids(imuParts));
}

const ids = (parts: readonly { id: string }[]): string => parts.map(({ id }) => id).join(', ');

const template = `// A board for Escapement. Comments are allowed; trailing commas are not.
// Every hardware number says where it comes from:
//   kind "measured"   you measured it: say how and with what
//   kind "datasheet"  printed by the vendor: name document, revision and table
//   kind "model"      computed or fitted: say from what
//   kind "assumed"    nobody published it: give "low" and "high", which flow into every result
// Check the file with: escapement boards lint <file>
{
  "$schema": "$SCHEMA",
  "id": "$ID",
  "title": "My board",
  // "documented": a product that can be bought; "assumed": a stand-in.
  "standing": "assumed",
  // Sentences that every report of this board must carry.
  "notes": ["All numbers of this board are placeholders of the template."],

  "cpu": {
    "chip": "nRF52840",
    // cortex-a7, cortex-a8, cortex-m4 or cortex-m33
    "core": "cortex-m4",
    "cores": { "value": 1, "unit": "1", "kind": "datasheet", "source": "vendor product specification" },
    "clock": {
      "maxMhz": { "value": 64, "unit": "MHz", "kind": "datasheet", "source": "vendor product specification" },
      // The clock that latency and energy are computed at.
      "usedMhz": { "value": 64, "unit": "MHz", "kind": "datasheet", "source": "vendor product specification" }
    },
    // "supply-current": a current at a clock and voltage (microcontrollers).
    // "dynamic-coefficient": { "coefficient" in uW/MHz/V^2, "operatingPoints": [{ "mhz", "volts" }] } (Linux devices).
    "active": {
      "law": "supply-current",
      "currentMa": { "value": 3.3, "unit": "mA", "kind": "datasheet", "source": "nRF52840 Product Specification, ICPU0: CoreMark from flash, DC/DC, 3 V" },
      "volts": { "value": 3, "unit": "V", "kind": "datasheet", "source": "test condition of the same table" },
      "atMhz": { "value": 64, "unit": "MHz", "kind": "datasheet", "source": "test condition of the same table" }
    },
    // All cores asleep, RAM kept. Leave it out when the baseline below includes it.
    "sleepMw": { "value": 0.0095, "unit": "mW", "kind": "datasheet", "source": "nRF52840 Product Specification: System ON, RTC, full RAM, 3.16 uA at 3 V" },
    // Energy of one wake-up that reads a sensor.
    "wakeUj": { "value": 3, "unit": "uJ", "kind": "assumed", "source": "about 0.3 ms at active power", "low": 1, "high": 10 },
    "rail": "vdd"
  },

  "memory": {
    // What is left for a kernel and its runtime once stack, radio and application have theirs.
    "flash": { "availableBytes": { "value": 786432, "unit": "B", "kind": "assumed", "source": "three quarters of 1 MB", "low": 524288, "high": 1015808 } },
    "ram": { "availableBytes": { "value": 196608, "unit": "B", "kind": "assumed", "source": "three quarters of 256 KB", "low": 131072, "high": 229376 } }
  },

  // Regulated supplies. Efficiency is power out over power in.
  "rails": {
    "vdd": {
      "volts": { "value": 3, "unit": "V", "kind": "assumed", "source": "main supply", "low": 2.7, "high": 3.3 },
      "efficiency": { "value": 0.9, "unit": "1", "kind": "assumed", "source": "small buck converter", "low": 0.8, "high": 0.95 }
    },
    "1v8": {
      "volts": { "value": 1.8, "unit": "V", "kind": "assumed", "source": "sensor supply", "low": 1.75, "high": 1.85 },
      "efficiency": { "value": 0.9, "unit": "1", "kind": "assumed", "source": "small buck converter", "low": 0.8, "high": 0.95 }
    },
    "5v": {
      "volts": { "value": 5, "unit": "V", "kind": "assumed", "source": "LED boost", "low": 4.5, "high": 5.25 },
      "efficiency": { "value": 0.85, "unit": "1", "kind": "assumed", "source": "small boost converter", "low": 0.75, "high": 0.92 }
    }
  },

  "battery": {
    "capacityMah": { "value": 150, "unit": "mAh", "kind": "assumed", "source": "placeholder", "low": 80, "high": 300 },
    "volts": { "value": 3.7, "unit": "V", "kind": "assumed", "source": "lithium polymer cell", "low": 3.6, "high": 3.85 },
    "usableFraction": { "value": 0.9, "unit": "1", "kind": "assumed", "source": "shutdown reserve, temperature, age", "low": 0.75, "high": 1 }
  },

  // Drawn from the battery at all times, beside every other part: display, system, bus.
  "baseline": {
    "mw": { "value": 5, "unit": "mW", "kind": "assumed", "source": "placeholder: measure the board with sensors and kernel off", "low": 0.1, "high": 30 },
    "role": "system",
    "about": "Everything that no other part accounts for."
  },

  "sensors": {
    // Parts with a law: $PPG.
    "ppg": {
      "part": "max86141",
      // Power of the real part over this part's law: 1 when it is this part, a wide range when it stands in.
      "likeness": { "value": 1, "unit": "1", "kind": "datasheet", "source": "bill of materials of the board" },
      // Rail by supply pin of the part.
      "supplies": { "vdd": "1v8", "led": "5v" },
      "settings": {
        "ledCurrentMa": { "value": 20, "unit": "mA", "kind": "assumed", "source": "placeholder: read it from the driver", "low": 5, "high": 60 },
        "pulseWidthUs": { "value": 117.3, "unit": "us", "kind": "datasheet", "source": "PPG_TINT 3 as the driver sets it" },
        "exposures": { "value": 2, "unit": "1", "kind": "datasheet", "source": "LED sequence as the driver sets it" },
        "photodiodes": { "value": 2, "unit": "1", "kind": "datasheet", "source": "schematic of the board" }
      }
    },
    // Parts with a law: $IMU.
    "imu": {
      "part": "lsm6dsv16x",
      "likeness": { "value": 1, "unit": "1", "kind": "datasheet", "source": "bill of materials of the board" },
      "supplies": { "vdd": "1v8" },
      "settings": { "accelerometerMode": "low-power" }
    }
  }
}
`;

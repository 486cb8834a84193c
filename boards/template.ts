/** The start of a board file of one's own: valid as it is, every choice commented. */

import { cellParts, cpuParts, imuParts, ppgParts, radioParts, regulatorParts } from './parts/index.ts';

/**
 * Text of a commented board file (JSON with comments) for `id`, which is a lower-case name with dashes. `schema` is where
 * editors find the schema, relative to the file.
 */
export function newBoardTemplate(id = 'my-board', schema = './board.schema.json'): string {
  return template
    .replaceAll('$ID', id)
    .replaceAll('$SCHEMA', schema)
    .replaceAll('$PPG', ids(ppgParts))
    .replaceAll('$IMU', ids(imuParts))
    .replaceAll('$CPU', ids(cpuParts))
    .replaceAll('$REGULATOR', ids(regulatorParts))
    .replaceAll('$CELL', ids(cellParts))
    .replaceAll('$RADIO', ids(radioParts));
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

  // Parts give what is left out here; a field given here wins. What a part gives: escapement boards <file>
  "cpu": {
    // Known CPUs: $CPU. Without one give chip, core (cortex-a7, cortex-a8, cortex-m4 or cortex-m33), cores, clock and
    // active: "supply-current" (a current at a clock and voltage) or "dynamic-coefficient" (uW/MHz/V^2, operating points).
    "part": "nrf52840",
    // Energy of one wake-up that reads a sensor.
    "wakeUj": { "value": 3, "unit": "uJ", "kind": "assumed", "source": "about 0.3 ms at active power", "low": 1, "high": 10 },
    "rail": "vdd"
  },

  "memory": {
    // What is left for a kernel and its runtime once stack, radio and application have theirs.
    "flash": { "availableBytes": { "value": 786432, "unit": "B", "kind": "assumed", "source": "three quarters of 1 MB", "low": 524288, "high": 1015808 } },
    "ram": { "availableBytes": { "value": 196608, "unit": "B", "kind": "assumed", "source": "three quarters of 256 KB", "low": 131072, "high": 229376 } }
  },

  // Regulated supplies. Known regulators: $REGULATOR; or give "efficiency", power out over power in.
  "rails": {
    "vdd": {
      "volts": { "value": 3, "unit": "V", "kind": "assumed", "source": "main supply", "low": 2.7, "high": 3.3 },
      "regulator": "small-buck"
    },
    "1v8": {
      "volts": { "value": 1.8, "unit": "V", "kind": "assumed", "source": "sensor supply", "low": 1.75, "high": 1.85 },
      "regulator": "small-buck"
    },
    "5v": {
      "volts": { "value": 5, "unit": "V", "kind": "assumed", "source": "LED boost", "low": 4.5, "high": 5.25 },
      "efficiency": { "value": 0.85, "unit": "1", "kind": "assumed", "source": "small boost converter", "low": 0.75, "high": 0.92 }
    }
  },

  "battery": {
    // Known cells: $CELL. It gives voltage, usable share, self-discharge and age.
    "cell": "lithium-polymer",
    "capacityMah": { "value": 150, "unit": "mAh", "kind": "assumed", "source": "placeholder", "low": 80, "high": 300 }
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
  },

  // Known radios: $RADIO. Leave it out when nothing is sent.
  "radio": { "part": "nrf52840-ble", "rail": "vdd" }
}
`;

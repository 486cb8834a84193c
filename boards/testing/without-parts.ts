/** The template with what its CPU and cell parts give written out, for tests of every field. */
import { newBoardTemplate } from '../template.ts';

const cpu = `"chip": "nRF52840",
    "core": "cortex-m4",
    "cores": { "value": 1, "unit": "1", "kind": "datasheet", "source": "vendor product specification" },
    "clock": {
      "maxMhz": { "value": 64, "unit": "MHz", "kind": "datasheet", "source": "vendor product specification" },
      "usedMhz": { "value": 64, "unit": "MHz", "kind": "datasheet", "source": "vendor product specification" }
    },
    "active": {
      "law": "supply-current",
      "currentMa": { "value": 3.3, "unit": "mA", "kind": "datasheet", "source": "vendor product specification" },
      "volts": { "value": 3, "unit": "V", "kind": "datasheet", "source": "test condition of the same table" },
      "atMhz": { "value": 64, "unit": "MHz", "kind": "datasheet", "source": "test condition of the same table" }
    },`;
const volts = `"cell": "lithium-polymer",
    "volts": { "value": 3.7, "unit": "V", "kind": "assumed", "source": "lithium polymer cell", "low": 3.6, "high": 3.85 },`;

export const boardWithoutParts = (id = 'my-board'): string =>
  newBoardTemplate(id).replace('"part": "nrf52840",', cpu).replace('"cell": "lithium-polymer",', volts);

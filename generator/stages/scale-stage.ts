/** prepare() without normalisation: window values times a constant per channel. See assembly/scale.ts. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { roundShift, saturate16 } from './integer.ts';
import { names, type StagePart } from './part.ts';
import { channelOf, markPrepared, prepareBody, type PrepareOptions } from './prepare.ts';

export interface ScaleOptions extends PrepareOptions {
  /** Field of the pipeline file. */
  where: string;
}

interface Multiplier {
  multiplier: number;
  shift: number;
}

export function scaleStage(options: ScaleOptions): StagePart {
  const { channels, steps, output } = options;
  const factors = options.windowScales.map((scale) =>
    multiplierOf(scale / options.outputScale, options.where),
  );
  return {
    blocks: [],
    stage: {
      name: 'signal_scale',
      title: 'scale',
      blocks: [names.window, names.windowState, output],
      uses: { window: ['markPrepared'], scale: ['scale'] },
      body: prepareBody('scale', options, (c) => `${factors[c].multiplier}, ${factors[c].shift}`),
      returns: 'void',
      macs: channels * steps,
      proofs: [
        {
          where: 'scale, value times multiplier',
          worstCase: options.windowLimit * Math.max(...factors.map((f) => f.multiplier)),
          limit: 2 ** 63 - 1,
        },
      ],
      run: (memory) => {
        markPrepared(memory);
        const target = memory.i16(output);
        factors.forEach(({ multiplier, shift }, c) =>
          channelOf(memory, c, options).forEach((x, i) => {
            target[i * channels + c] = saturate16(roundShift(BigInt(x) * BigInt(multiplier), BigInt(shift)));
          }),
        );
      },
    },
  };
}

/** factor = multiplier / 2^shift with 31 bits of precision. Throws ESC226 when one step would become 2^31 and more. */
function multiplierOf(factor: number, where: string): Multiplier {
  if (!(factor < 2 ** 31 - 1)) throw pipelineRefusals.scaleOutOfRange(where, factor);
  let shift = 62;
  while (shift > 0 && Math.round(factor * 2 ** shift) >= 2 ** 31) shift--;
  return { multiplier: Math.round(factor * 2 ** shift), shift };
}

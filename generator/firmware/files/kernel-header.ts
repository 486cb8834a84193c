/** kernel.h: the typed API of one kernel, with its sizes as macros. */
import { status, type KernelManifest, type ManifestBlock } from '../../../kernel/manifest.ts';
import { RAW_LIMIT } from '../../stages/raw-count.ts';
import { cIdentifier, comment, guarded, initialiser, macros, quoted, type Macro } from '../c-text.ts';
import { blockBytes, cTypes } from '../cells.ts';
import { hasFunction, sensors } from '../kernel-features.ts';
import { templateBlocks } from '../template-blocks.ts';

export function kernelHeader(manifest: KernelManifest): string {
  return guarded(
    'ESCAPEMENT_KERNEL_H',
    [
      `/* ${comment(manifest.name)}, made by ${comment(manifest.generator)}. Generated: export the pipeline again instead of editing.\n *\n * ${purpose(manifest)}\n * One kernel, one caller: the functions are not reentrant, and none of them waits or allocates.\n */`,
      '#include <stdint.h>',
      '#ifdef __cplusplus\nextern "C" {\n#endif',
      sizes(manifest),
      statusCodes,
      types(manifest),
      functions(manifest),
      '#ifdef __cplusplus\n}\n#endif',
    ].join('\n\n'),
  );
}

function purpose({ decision }: KernelManifest): string {
  if (decision.kind === 'argmax')
    return `Identifies one of ${decision.classes} people: escapement_infer() gives the class, counted from 0.`;
  const person =
    decision.kind === 'score' ? 'the person that the model was trained for' : 'the enrolled person';
  return `Verifies ${person}: escapement_infer() gives 1 (accepted) or 0 (rejected).`;
}

function sizes(m: KernelManifest): string {
  const rows: Macro[] = [
    { name: 'ESCAPEMENT_KERNEL', value: quoted(m.name) },
    { name: 'ESCAPEMENT_KERNEL_SHA256', value: quoted(m.wasmSha256), note: 'of kernel.wasm' },
    { name: 'ESCAPEMENT_SIGNATURE', value: signature(m), note: "first bytes of the kernel's data" },
    { name: 'ESCAPEMENT_RATE_MILLIHZ', value: Math.round(m.rateHz * 1000), note: 'frames in 1000 s' },
    { name: 'ESCAPEMENT_WINDOW_MS', value: Math.round(m.windowSeconds * 1000) },
    { name: 'ESCAPEMENT_HOP_MS', value: Math.round(m.hopSeconds * 1000), note: 'between two windows' },
    { name: 'ESCAPEMENT_WINDOW_FRAMES', value: m.steps },
    { name: 'ESCAPEMENT_CHANNELS', value: m.channels.length },
    { name: 'ESCAPEMENT_SENSORS', value: sensors(m).length },
    { name: 'ESCAPEMENT_LARGEST_COUNT', value: RAW_LIMIT, note: 'larger raw counts are clamped to 24 bits' },
    { name: 'ESCAPEMENT_INPUTS', value: m.io.modelInput.length },
    { name: 'ESCAPEMENT_OUTPUTS', value: m.io.modelOutput.length },
    { name: 'ESCAPEMENT_SCORES', value: m.io.score?.length ?? 0 },
    { name: 'ESCAPEMENT_TEMPLATE_BYTES', value: templateBytes(m), note: 'what enrolment learns' },
    {
      name: 'ESCAPEMENT_SLOT_BYTES',
      value: slotBytes(m),
      note: 'of flash, for each of the two slots of store.h',
    },
    { name: 'ESCAPEMENT_HAS_PUSH', value: Number(hasFunction(m, 'push')) },
    { name: 'ESCAPEMENT_HAS_SAMPLE', value: Number(hasFunction(m, 'sample')) },
    { name: 'ESCAPEMENT_HAS_DECIDE', value: Number(hasFunction(m, 'decide')) },
    { name: 'ESCAPEMENT_HAS_ENROL', value: Number(hasFunction(m, 'enrol')) },
    { name: 'ESCAPEMENT_HAS_SCORE', value: Number(m.io.score !== undefined) },
    { name: 'ESCAPEMENT_HAS_CHOICE', value: Number(m.io.choice !== undefined) },
    { name: 'ESCAPEMENT_HAS_RETRAIN', value: Number(m.io.retrain !== undefined) },
    { name: 'ESCAPEMENT_HAS_SUSPENDED', value: Number(m.io.suspended !== undefined) },
    { name: 'ESCAPEMENT_KEY_BYTES', value: m.io.key ? blockBytes(m.io.key) : 0 },
  ];
  return macros(rows);
}

const signature = (m: KernelManifest): string =>
  initialiser(Buffer.from(m.signature, 'hex')).replace(/\s+/g, ' ');

export const templateBytes = (m: KernelManifest): number =>
  templateBlocks(m).reduce((total, b) => total + blockBytes(b), 0);

/** Header, template and commit in units of 16 bytes: store.c. */
function slotBytes(m: KernelManifest): number {
  const bytes = templateBytes(m);
  return bytes === 0 ? 0 : Math.ceil((32 + bytes) / 16) * 16 + 16;
}

const statusCodes = `typedef enum {
  ESCAPEMENT_OK = 0,
  ESCAPEMENT_WINDOW_READY = 1,          /* push, sample: call escapement_infer now */
  /* from the kernel */
  ESCAPEMENT_NOT_ENROLLED = ${status.notEnrolled},
  ESCAPEMENT_WINDOW_NOT_READY = ${status.windowNotReady},      /* no full window has been inferred yet */
  ESCAPEMENT_TEMPLATE_FULL = ${status.templateFull},
  ESCAPEMENT_BAD_SAMPLE = ${status.badSample},            /* a time before the sensor's last one; dropped */
  ESCAPEMENT_GAP = ${status.gap},                   /* a sensor was silent for too long; the window begins anew */
  ESCAPEMENT_SUSPENDED = ${status.suspended},             /* rejected before; escapement_resume goes on */
  ESCAPEMENT_NO_KEY = ${status.noKey},                /* protected templates: escapement_set_key comes first */
  ESCAPEMENT_POOR_SIGNAL = ${status.poorSignal},           /* the window is too weak or too wild to be decided */
  /* from the host */
  ESCAPEMENT_NOT_OPEN = -16,            /* call escapement_open first */
  ESCAPEMENT_TRAPPED = -17,             /* the kernel was stopped; only escapement_reset helps */
  ESCAPEMENT_WRONG_KERNEL = -18,        /* the image does not hold the kernel of this header */
  ESCAPEMENT_BAD_ARGUMENT = -19,
  ESCAPEMENT_NOT_SUPPORTED = -20,       /* this kernel has no such function */
  ESCAPEMENT_NO_MEMORY = -21,           /* the runtime's pool is too small */
  ESCAPEMENT_EMPTY = -32,               /* store: nothing saved */
  ESCAPEMENT_OTHER_MODEL = -33,         /* store: saved by another kernel or version */
  ESCAPEMENT_FLASH_FAILED = -34,        /* store */
  ESCAPEMENT_SELFTEST_FAILED = -48
} escapement_status;`;

const cell = (name: string, block: ManifestBlock, what: string) => {
  const scale = block.scale === undefined ? '' : `, one step is ${block.scale}`;
  return `/* ${what}${scale}. */\ntypedef ${cTypes[block.type]} escapement_${name}_cell;`;
};

function types(m: KernelManifest): string {
  const members = m.channels.map(({ name, sensor, unit, lsb }) => {
    return `  int32_t ${cIdentifier(name)}; /* ${comment(`${sensor}, one count is ${lsb} ${unit}`)} */`;
  });
  return [
    ...(members.length > 0
      ? [
          `/* Raw sensor counts of one moment, in the order of the model's channels. */\ntypedef struct {\n${members.join('\n')}\n} escapement_frame;`,
        ]
      : []),
    cell('input', m.io.modelInput, 'Model input'),
    cell('output', m.io.modelOutput, 'Model output'),
    ...(m.io.score ? [cell('score', m.io.score, 'Score of a decision')] : []),
  ].join('\n\n');
}

function functions(m: KernelManifest): string {
  const has = (name: Parameters<typeof hasFunction>[1]) => hasFunction(m, name);
  const declared: [boolean, string, string][] = [
    [
      true,
      'Loads the kernel and resets it. Calling it again does nothing.',
      'int32_t escapement_open(void);',
    ],
    [
      true,
      'Forgets everything: window, filters and template, and wipes every byte that the kernel ever wrote.',
      'int32_t escapement_reset(void);',
    ],
    [
      has('push'),
      'Takes one frame. ESCAPEMENT_WINDOW_READY when a window is complete, ESCAPEMENT_OK before, or a negative status.',
      'int32_t escapement_push(const escapement_frame *frame);',
    ],
    [
      has('sample'),
      `Takes one sample of a sensor (${sensors(m)
        .map(({ name }, i) => `${i} ${name}`)
        .join(', ')}) with its time and one count a channel.`,
      'int32_t escapement_sample(uint32_t sensor, int64_t time_us, const int32_t *counts);',
    ],
    [
      !has('push') && !has('sample'),
      'Sets the model input of the next inference.',
      'int32_t escapement_input(const escapement_input_cell cells[ESCAPEMENT_INPUTS]);',
    ],
    [
      has('infer'),
      `Decides on the window: ${m.decision.kind === 'argmax' ? 'the class' : '1 accepted, 0 rejected'}, or a negative status.`,
      'int32_t escapement_infer(void);',
    ],
    [has('decide'), 'Decides again on the last model output.', 'int32_t escapement_decide(void);'],
    [
      has('enrol'),
      'Adds the window that was inferred last to the template: how many windows it holds, or a negative status.',
      'int32_t escapement_enrol(void);',
    ],
    [
      true,
      'Copies the last model output.',
      'int32_t escapement_output(escapement_output_cell cells[ESCAPEMENT_OUTPUTS]);',
    ],
    [
      m.io.score !== undefined,
      'Copies the last score.',
      'int32_t escapement_score(escapement_score_cell cells[ESCAPEMENT_SCORES]);',
    ],
    [
      m.io.choice !== undefined,
      'Which of its models the last inference picked (the context), counted from 0.',
      'int32_t escapement_choice(void);',
    ],
    [
      m.io.retrain !== undefined,
      '1 when confidence was low for long and the model should be trained again, else 0; stands until it is cleared.',
      'int32_t escapement_retrain(void);\nint32_t escapement_retrain_clear(void);',
    ],
    [
      m.io.suspended !== undefined,
      'Decisions go on after a rejection (ESCAPEMENT_SUSPENDED), once the person has proved who they are in another way.',
      'int32_t escapement_resume(void);',
    ],
    [
      m.io.key !== undefined,
      'Sets the key of protected templates. escapement_reset() wipes it with everything else, so set it again after a reset.',
      'int32_t escapement_set_key(const uint8_t key[ESCAPEMENT_KEY_BYTES]);',
    ],
    [
      templateBytes(m) > 0,
      'Copies the template out of the kernel or into it, ESCAPEMENT_TEMPLATE_BYTES bytes; store.h keeps it over a power cut.',
      'int32_t escapement_template_read(void *to);\nint32_t escapement_template_write(const void *from);',
    ],
  ];
  return declared
    .filter(([present]) => present)
    .map(([, note, text]) => `/* ${note} */\n${text}`)
    .join('\n\n');
}

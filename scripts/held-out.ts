/** The sections of docs/validation.md on held-out sets: what the models say today, and what they said before anybody had seen the loops. */
import { firstLooks, type FirstLook } from '../test/reference/tools/first-look.ts';
import { heldOutSets, type HeldOutSet } from '../test/reference/tools/kernels.ts';
import { cells, cyclesCell, errorCell, looksTable, ofSet, type Groups } from './validation-sets.ts';
import { median, percent, sorted } from './validation-text.ts';
import type { Comparison } from './comparisons.ts';

const texts: Record<HeldOutSet, { title: string; about: string }> = {
  'held-out': {
    title: 'Held out',
    about:
      'Loops that were written and measured after the models were first finished: predicted / reference - 1. Mechanisms have been read off some of them since, so they are no blind test any more.',
  },
  'held-out-2': {
    title: 'Held out, second set',
    about: `Loops that were written and measured while others worked on the models, who saw neither loop nor error: AssemblyScript, C (clang 14) and WebAssembly text, with calls through tables,
br_table, recursion, 64-bit arithmetic and bulk memory among them. Cycles of an iteration, predicted / reference (error), with the models of today, which have learnt from them; what the
models said before anybody looked stands below.`,
  },
  'held-out-3': {
    title: 'Held out, third set',
    about: `Loops chosen by what the firmware of a wearable has, without a look at any error, and measured while others worked on the model of compiled code, who saw neither loop nor error:
quantised layers, recurrent steps and attention, filters and transforms, matching, sorting, ciphers and codes, Kalman filter and matrix inverse, state machines. Compiled code only. Cycles of
an iteration, predicted / reference (error), with the models of today, which have learnt from some of them since.`,
  },
  'held-out-4': {
    title: 'Held out, fourth set',
    about: `Loops chosen and measured as the third set was, while others worked on what the third set had shown: products of matrices and vectors in several shapes, cells of networks, pooling by
attention, norms, convolution, requantisation, filters, transforms, features, distances and mixtures, and besides them ciphers and 64-bit arithmetic, parsers, codes, a heap, a table of hashes
and a state machine. Compiled code only. Cycles of an iteration, predicted / reference (error), with the models of today, which have learnt from some of them since (rnnrelu, ascon,
wristfsm, csrgemv, bumerge).`,
  },
  'held-out-5': {
    title: 'Held out, fifth set',
    about: `Loops chosen and measured as the two sets before were, each a program that they do not have, written in several styles and compiled at several levels: convolutions, cells and attention
of other shapes, decimation and notches, percentiles, entropy, pitch, peaks and thresholds, distances and trees, integer functions, hash, authenticator and codes, parsers and packets by tables of
handlers, tables, trees and a tree of sums, a transform by recursion, 128-bit products. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-6': {
    title: 'Held out, sixth set',
    about: `Loops chosen and measured as the three sets before were, each a program that none of them has, with its result checked against another computation: layers of other kinds (gates along time,
spikes, an echo state, an inverted residual, patches as columns, a decoder, rotated positions, codes of many bits), layers and filters as a generator of code writes them, filters, features and models of
time, hash, authenticator, error correction and lattices, dates, ways through a grid, allocator, tree, message and formula, mixing, boards and recursion. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-7': {
    title: 'Held out, seventh set',
    about: `Loops chosen and measured as the four sets before were, each a program that none of them has, with its result checked against another computation: layers of yet other kinds (shuffled groups,
a cell with one gate, pooling of gates, attention over a ring, mixing of tokens, weights of two bits and with holes, blocks and patches as libraries have them), filters, features, clusters, bounds and
trees, passwords, shared keys, sponge and long division, codes of two kinds, texts, certificates and patterns, a tree of bits, an instruction set, networks of comparisons, votes and recursion. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-8': {
    title: 'Held out, eighth set',
    about: `Loops chosen and measured as the five sets before were, each a program that none of them has, with its result checked against another computation: cells with a memory or a clock, a convolution that
is cut and merged, gates, experts, capsules and products of two vectors, learning on the device, filters, features and series of a night and a day, ciphers, digests, sets and a log in flash, a field, a transform
of texts, clusters of files, messages and topics, glyphs and polygons, links and codes, words in Morse, sorting and permutations. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-9': {
    title: 'Held out, ninth set',
    about: `Loops chosen and measured as the six sets before were, each a program that none of them has, with its result checked against another computation: weights in blocks and circulants, cells that
multiply element by element, state spaces, attention by place and by sums, convolution with pooling, a graph, templates and quantized distances, pitch, edges and a transform, a cipher, a code, a battery, an index, reports
and a display, allocator, range coder, virtual machine, curve, tags and messages, smoothing, a radio's bits and fuzzy rules, switches, fills and decimal digits. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-10': {
    title: 'Held out, tenth set',
    about: `Loops chosen and measured as the seven sets before were, each a program that none of them has, with its result checked against another computation: products with rows of other widths and with buckets, attention with running sums, a memory of patterns, cells with fewer gates, filters, a median,
two spectra and a transform, distances, minutiae, particles, a log, a sum, a display and a bus, assignment, a collector, field and block ciphers, differences of files, messages and names, curves, a polar code, a
schedule, texts with errors, a board game, a line code and a knapsack. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-11': {
    title: 'Held out, eleventh set',
    about: `Loops chosen and measured as the eight sets before were, each a program that none of them has, with its result checked against another computation: weights in the order of the loop, pieces of which the greatest counts, cells that work on what changes, forget what is missing or see their neighbours,
convolution in three dimensions, points in any order, heads that share keys, random phases, filters of second order and between values, smoothing, slopes, what swings fastest, motion, outlines, factors without signs, learning without a teacher,
a digest, a page of flash, a mesh, pages over radio, a tree that turns, attributes, menus, two ways to fewer bytes, frames and samples of two buses, a block cipher, a ring that is drawn, a stream cipher, a modulator, timers and decimal text. Compiled code only. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-12': {
    title: 'Held out, twelfth set',
    about: `Loops chosen and measured as the nine sets before were, each a program that none of them has, with its result checked against another computation: products by tables of sums, by counting bits, with two of four weights left and in blocks, convolution at two rates and with maps made cheaply, edges that are curves,
cells that remember only themselves or neither die nor explode, a memory that is corrected, mixing without products, whose movement it is, a norm, half-band filters, an ear's bands, a wavelet with holes, what intervals remember, moves, splits and merges, shapes, directions,
a digest, a table by hash, memory in constant time, words from eight keys, a fountain, voice in two ways, a modem, long messages over short frames, a block cipher, a spectrum with one exponent, tasks without stacks, drawing what changed, a tag's cipher, primes and satellites. Compiled code only. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-13': {
    title: 'Held out, thirteenth set',
    about: `Loops chosen and measured as the ten sets before were, each a program that none of them has, with its result checked against another computation: products by blocks, by sums of outer products and by a train of tensors, convolution with holes, a norm over neighbours, cells with one gate, with two sides to stay on, with a product
before the gates and with a speed that follows what they hear, attention to a memory and to the best four, pairs of features, noise against noise, a wavelet, pieces of a dictionary, what comes back, what sees what, an edit distance, outliers, motion, thin lines, a wide cipher, sectors over flash,
a tree with random priorities, connections, schedules, marked up text, tunes in text and in bytes, a block cipher, bits with how sure they are, a picture that is turned, voice over telephones, a map of bits, a crown and a carrier. Compiled code only. Cycles of an iteration, predicted / reference (error).`,
  },
  'held-out-14': {
    title: 'Held out, fourteenth set',
    about: `Loops chosen and measured as the eleven sets before were, each a program that none of them has, with its result checked against another computation: products with weights out of a book, filters of two parts, layers without products, with sums for products, that may let their input pass and whose kernel is mixed, a window read from both ends, cells
with a projection, with a clock and with gates without bound, attention along the sides of a picture, pooling to one size, a movement as one vector, letters out of frames, learning that stays sparse, kinds that nobody named, alignment, attitude, loudness, complexity, corners, a stream cipher, alarms in a tree of two colours, packed texts,
states within states, settings in flash, short headers, a program over a cable, a cipher of three keys, a regression that says how sure it is, a terminal, a sort by runs, lights in a row, counting without a list, a remote control and chips. Compiled code only. Cycles of an iteration, predicted / reference (error).`,
  },
};

const twice = `by the models of the first commit, before that day's work on them, and of the second, after it, both before anybody
had seen the set. What lies between the two is how far that work carries over to code that it was not made for; the second look is what to expect of other code, and the bands above rest
on it too. A dash: no look was taken (costs of interpreters rest on no kernel):`;

/** What stands above the table of a set's looks. */
function looked(set: HeldOutSet, looks: readonly FirstLook[]): string {
  const file = `\`test/reference/${set}/first-look.json\``;
  return looks.length > 1
    ? `Today, and blind twice (${file}): ${twice}`
    : `Today, and blind: with the models as they stood before anybody had seen the set (${file}). The blind columns are what to expect of other code, and the bands
above rest on them too:`;
}

/** Of the groups of loops, by "runtime/core". */
export const heldOutSections = (groups: Groups): string =>
  heldOutSets.map((set) => section(set, ofSet(groups, set))).join('\n\n');

function section(set: HeldOutSet, groups: Groups): string {
  const { title, about } = texts[set];
  const looks = firstLooks(set);
  const names = [...groups.keys()];
  const compiled = names.filter((name) => name.startsWith('wasm2c'));
  const interpreted = names.filter((name) => !name.startsWith('wasm2c'));
  const parts = looks.length
    ? [
        cells(groups, compiled, cyclesCell),
        ...(interpreted.length ? [cells(groups, interpreted, errorCell)] : []),
        looked(set, looks),
        looksTable(groups, looks),
      ]
    : [cells(groups, names, errorCell), names.map((name) => line(name, groups.get(name)!)).join('\n')];
  return [`## ${title}`, about, ...parts].join('\n\n');
}

function line(name: string, group: readonly Comparison[]): string {
  const sizes = sorted(group.map((c) => c.error));
  return `- ${name}: median ${percent(median(sizes))}, worst ${percent(sizes.at(-1)!)}`;
}

/** Types of the elements of a buffer of activations, by their names in AssemblyScript: what passes and dense layers read and write. */
export type ActivationType = 'i8' | 'i16';

/** Unless it was chosen. */
export const ACTIVATION: ActivationType = 'i16';

export const activationBytes: Record<ActivationType, number> = { i8: 1, i16: 2 };

import { roundHalfEven } from '../shared/numbers.ts';
import { unary } from '../shared/unary.ts';

/** ONNX Round: halves go to the even neighbour. */
export const round = unary('Round', () => roundHalfEven);

/** Published claims by system. A new paper is one file beside this one and one line here. */
import type { ClaimRow } from '../../report/claims/claim.ts';
import type { ClaimContext } from './context.ts';
import { deepauthRows } from './deepauth.ts';
import { pulseRows } from './pulse.ts';
import { smarteryouRows } from './smarteryou.ts';

export async function allClaims(context: ClaimContext): Promise<ClaimRow[]> {
  return [...pulseRows(), ...(await deepauthRows(context)), ...(await smarteryouRows(context))];
}

/** Gives a pass the shape of a profile. */
import type { Pass, ShapedPass } from './pass.ts';
import type { Profile } from './profile.ts';
import { aotPass } from './profiles/aot.ts';
import { hostPass } from './profiles/host.ts';
import { interpPass } from './profiles/interp.ts';

const shapes: Record<Profile, (pass: Pass) => ShapedPass> = {
  aot: aotPass,
  interp: interpPass,
  host: hostPass,
};

export const shapePass = (pass: Pass, profile: Profile): ShapedPass => shapes[profile](pass);

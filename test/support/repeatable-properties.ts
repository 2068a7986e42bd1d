import fc from 'fast-check';

const DEFAULT_SEED = 20_261_122;

/**
 * Property tests draw the same examples in every run, so that a red run is a changed product and never a draw of luck.
 * `SCEAU_TEST_SEED=random` looks elsewhere; a number repeats one such look.
 */
const asked = process.env['SCEAU_TEST_SEED'];
if (asked !== 'random') fc.configureGlobal({ seed: asked === undefined ? DEFAULT_SEED : Number(asked) });

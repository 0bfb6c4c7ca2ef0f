/**
 * Password of every demonstration person, printed at start. Public on purpose: production has no demonstration accounts
 * and refuses this password for any other (`createSignIn`, `passwordProblem`).
 */
export const DEMO_PASSWORD = 'Demostracion-Honduras-2026';

export default async function globalTeardown() {
  await globalThis.testReplicaSet?.stop();
}

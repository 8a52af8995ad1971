// Starts a fake upstream and a gateway as processes of their own, on free ports, and stops them at the end. The gateway is a cluster's, or stands alone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from './cluster.mjs';
import { freePort, start, stop } from './processes.mjs';

export const token = 'sk-client-suite-token';
export const isCluster = process.env.GATEWAY_SHAPE === 'cluster';

async function startStandalone(settings, folder, port) {
  const address = `http://127.0.0.1:${port}`;
  const server = await start('gateway', [], { ...settings, DATA_DIR: folder, ASPNETCORE_URLS: address }, folder, `${address}/health`);
  return { gateways: [address], signaturesShared: () => Promise.resolve(), output: server.output, stop: () => stop(server) };
}

export async function startAll(settings = {}, fakeArgs = []) {
  const folder = mkdtempSync(join(tmpdir(), 'gemini-balance-clients-'));
  const [fakePort, port] = [await freePort(), await freePort()];
  const upstream = `http://127.0.0.1:${fakePort}`;
  const fake = await start('tests/FakeGemini', ['--port', `${fakePort}`, '--keys', '3', '--rpm', '0', ...fakeArgs], {}, folder, `${upstream}/__stats`);
  const keys = fake.output().match(/^API_KEYS=(.+)$/m)[1].split(',');
  const shape = await (isCluster ? startCluster : startStandalone)({
    API_KEYS: JSON.stringify(keys),
    ALLOWED_TOKENS: JSON.stringify([token]),
    AUTH_TOKEN: 'sk-client-suite-admin',
    BASE_URL: `${upstream}/v1beta`,
    ...settings,
  }, folder, port);
  return {
    gateway: `http://127.0.0.1:${port}`,
    gateways: shape.gateways,
    signaturesShared: shape.signaturesShared,
    upstream,
    keys,
    output: () => fake.output() + shape.output(),
    stats: async () => (await fetch(`${upstream}/__stats`)).json(),
    knobs: async (knobs) => (await fetch(`${upstream}/__knobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(knobs) })).text(),
    stop: async () => {
      await shape.stop();
      await stop(fake);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

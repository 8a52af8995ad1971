// Starts a fake upstream and a gateway as processes of their own, on free ports, and stops them at the end.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from 'node:events';

const root = resolve(import.meta.dirname, '../..');
const configuration = process.env.GATEWAY_CONFIGURATION ?? 'Release';
export const token = 'sk-client-suite-token';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function start(project, args, env, cwd, url) {
  const name = project.split('/').pop();
  const assembly = { gateway: 'GeminiBalance.Gateway', FakeGemini: 'GeminiBalance.FakeGemini' }[name];
  const dll = join(root, project, 'bin', configuration, 'net10.0', `${assembly}.dll`);
  const child = spawn('dotnet', [dll, ...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  child.output = () => output;
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) {
      throw new Error(`${name} stopped at once:\n${output}`);
    }

    if (await fetch(url).then((answer) => answer.ok, () => false)) {
      return child;
    }

    await new Promise((done) => setTimeout(done, 100));
  }

  child.kill('SIGKILL');
  throw new Error(`${name} did not answer at ${url}:\n${output}`);
}

export async function startAll(settings = {}, fakeArgs = []) {
  const folder = mkdtempSync(join(tmpdir(), 'gemini-balance-clients-'));
  const [fakePort, port] = [await freePort(), await freePort()];
  const upstream = `http://127.0.0.1:${fakePort}`;
  const gateway = `http://127.0.0.1:${port}`;
  const fake = await start('tests/FakeGemini', ['--port', `${fakePort}`, '--keys', '3', '--rpm', '0', ...fakeArgs], {}, folder, `${upstream}/__stats`);
  const keys = fake.output().match(/^API_KEYS=(.+)$/m)[1].split(',');
  const server = await start('gateway', [], {
    API_KEYS: JSON.stringify(keys),
    ALLOWED_TOKENS: JSON.stringify([token]),
    AUTH_TOKEN: 'sk-client-suite-admin',
    BASE_URL: `${upstream}/v1beta`,
    DATA_DIR: folder,
    ASPNETCORE_URLS: gateway,
    ...settings,
  }, folder, `${gateway}/health`);
  return {
    gateway,
    upstream,
    keys,
    output: () => fake.output() + server.output(),
    stats: async () => (await fetch(`${upstream}/__stats`)).json(),
    knobs: async (knobs) => (await fetch(`${upstream}/__knobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(knobs) })).text(),
    stop: async () => {
      for (const child of [server, fake]) {
        if (child.exitCode === null) {
          child.kill('SIGTERM');
          const timer = setTimeout(() => child.kill('SIGKILL'), 15000);
          await once(child, 'exit');
          clearTimeout(timer);
        }
      }

      rmSync(folder, { recursive: true, force: true });
    },
  };
}

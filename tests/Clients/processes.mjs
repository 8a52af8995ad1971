// Programs of this repository as processes of their own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const configuration = process.env.GATEWAY_CONFIGURATION ?? 'Release';
const assemblies = {
  gateway: 'GeminiBalance.Gateway',
  'gateway.cluster': 'GeminiBalance.Gateway.Cluster',
  silo: 'GeminiBalance.Silo',
  'tests/FakeGemini': 'GeminiBalance.FakeGemini',
};

/** Whether the gateway can make MP3, Opus and AAC here. */
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a program and waits until it answers at an address. */
export async function start(project, args, env, cwd, url) {
  const child = spawn('dotnet', [join(root, project, 'bin', configuration, 'net10.0', `${assemblies[project]}.dll`), ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  child.output = () => output;
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) {
      throw new Error(`${project} stopped at once:\n${output}`);
    }

    if (await fetch(url).then((answer) => answer.ok, () => false)) {
      return child;
    }

    await new Promise((done) => setTimeout(done, 100));
  }

  child.kill('SIGKILL');
  throw new Error(`${project} did not answer at ${url}:\n${output}`);
}

export async function stop(child) {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 15000);
    await once(child, 'exit');
    clearTimeout(timer);
  }
}

// Google's gemini-cli, unchanged, as a process: it reads a file and runs a command.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startAll, token } from './harness.mjs';

const program = resolve(import.meta.dirname, 'node_modules/@google/gemini-cli/bundle/gemini.js');
const skip = existsSync(program) ? false : 'gemini-cli is not installed: it is an optional dependency of this suite';
let all;
let home;

async function gemini(prompt, { model = 'gemini-3.8-flash', key = token } = {}) {
  const cli = spawn(process.execPath, [program, '--model', model, '--prompt', prompt, '--yolo', '--output-format', 'json'], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, GOOGLE_GEMINI_BASE_URL: all.gateway, GEMINI_API_KEY: key, GEMINI_CLI_TRUST_WORKSPACE: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  cli.stdout.on('data', (data) => (output += data));
  cli.stderr.on('data', (data) => (errors += data));
  await once(cli, 'close');
  const json = output.indexOf('{\n  "session_id"') >= 0 ? output : errors;
  return JSON.parse(json.slice(json.indexOf('{\n  "session_id"')));
}

describe('gemini-cli', { skip }, () => {
  before(async () => {
    all = await startAll();
    home = mkdtempSync(join(tmpdir(), 'gemini-balance-cli-'));
    mkdirSync(join(home, '.gemini'));
    // Without this it takes the address for a gateway of Google's own, and refuses to start without a terminal.
    writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify({ security: { auth: { selectedType: 'gemini-api-key' } }, privacy: { usageStatisticsEnabled: false } }));
    writeFileSync(join(home, 'note.txt'), 'the secret is 42\n');
  });
  after(async () => {
    await all.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('reads a file, runs a command and searches', async () => {
    const answer = await gemini('[[call read_file {"file_path":"note.txt"}]] [[call run_shell_command {"command":"cat note.txt"}]] [[call google_web_search {"query":"cities"}]]');
    assert.match(answer.response, /Zürich/);
    assert.deepEqual(Object.keys(answer.stats.tools.byName).sort(), ['google_web_search', 'read_file', 'run_shell_command']);
    assert.equal(answer.stats.tools.totalFail, 0);
  });

  test('runs a command with an older model', async () => {
    assert.match((await gemini('[[call run_shell_command {"command":"cat note.txt"}]]', { model: 'gemini-2.5-flash' })).response, /the secret is 42/);
  });

  test('says what is wrong', async () => {
    assert.match((await gemini('Hello', { model: 'gemini-2.5-flash', key: 'sk-other' })).error.message, /ALLOWED_TOKENS/);
  });
});

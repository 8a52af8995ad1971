// claude-code-router, unchanged, in front of the gateway: it turns Anthropic's dialect into OpenAI's or Gemini's.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { startAll, token } from './harness.mjs';

const models = ['gemini-2.5-flash', 'gemini-3-flash-preview'];
const weather = { name: 'get_weather', description: 'The weather of a city', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };
// Version 3 cannot be installed here: a package that it needs is not in the registry.
const versions = { 1: 'claude-code-router-1', 2: '@musistudio/claude-code-router' };
let all;

before(async () => {
  all = await startAll();
});
after(() => all.stop());

async function startRouter(folder) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  const home = mkdtempSync(join(tmpdir(), 'gemini-balance-ccr-'));
  mkdirSync(join(home, '.claude-code-router'));
  writeFileSync(join(home, '.claude-code-router', 'config.json'), JSON.stringify({
    HOST: '127.0.0.1', PORT: port, APIKEY: 'router-key', NON_INTERACTIVE_MODE: true, LOG: false,
    Providers: [
      { name: 'openai', api_base_url: `${all.gateway}/v1/chat/completions`, api_key: token, models },
      { name: 'gemini', api_base_url: `${all.gateway}/v1beta/models/`, api_key: token, models, transformer: { use: ['gemini'] } },
    ],
    Router: { default: `openai,${models[0]}` },
  }));
  const router = spawn(process.execPath, [resolve(import.meta.dirname, 'node_modules', folder, 'dist/cli.js'), 'start'], { env: { PATH: process.env.PATH, HOME: home }, stdio: 'ignore' });
  for (let tries = 0; tries < 300 && !(await fetch(`http://127.0.0.1:${port}/health`).then((answer) => answer.ok, () => false)); tries++) {
    await new Promise((done) => setTimeout(done, 100));
  }

  return {
    client: new Anthropic({ apiKey: 'router-key', baseURL: `http://127.0.0.1:${port}`, maxRetries: 0 }),
    stop: async () => {
      if (router.exitCode === null) {
        router.kill('SIGTERM');
        const timer = setTimeout(() => router.kill('SIGKILL'), 10000);
        await once(router, 'exit');
        clearTimeout(timer);
      }

      rmSync(home, { recursive: true, force: true });
    },
  };
}

for (const [version, folder] of Object.entries(versions)) {
  describe(`version ${version}`, () => {
    let router;
    let client;
    before(async () => {
      router = await startRouter(folder);
      ({ client } = router);
    });
    after(() => router.stop());

    // In Gemini's dialect the router gives signatures back with other parts than they came with, which Gemini 3 refuses: the native face passes what it is given.
    for (const [provider, served] of [['openai', models], ['gemini', models.slice(0, 1)]]) {
      for (const name of served) {
        test(`several turns with ${name} in the dialect of ${provider}`, async () => {
          const messages = [{ role: 'user', content: '[[tool 2]] What is the weather in Paris?' }];
          for (let turn = 0; turn < 2; turn++) {
            const { content } = await client.messages.stream({ model: `${provider},${name}`, max_tokens: 8000, tools: [weather], messages }).finalMessage();
            const use = content.find((block) => block.type === 'tool_use');
            assert.equal(typeof use?.input.city, 'string');
            messages.push({ role: 'assistant', content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: `sunny ${turn}` }] });
          }

          const last = await client.messages.stream({ model: `${provider},${name}`, max_tokens: 8000, tools: [weather], messages }).finalMessage();
          assert.match(last.content.at(-1).text, /sunny 1/);
        });
      }

      test(`an answer in one piece and a picture in the dialect of ${provider}`, async () => {
        const data = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
        const content = [{ type: 'text', text: 'What is this?' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data } }];
        const whole = await client.messages.create({ model: `${provider},${models[0]}`, max_tokens: 800, system: 'Be kind.', messages: [{ role: 'user', content }] });
        assert.match(whole.content.at(-1).text, /What is this/);
        assert.equal(whole.stop_reason, 'end_turn');
      });

      test(`Claude Code's small probe in the dialect of ${provider}`, async () => {
        const probe = await client.messages.create({ model: `${provider},${models[0]}`, max_tokens: 1, messages: [{ role: 'user', content: 'quota' }] });
        assert.equal(probe.role, 'assistant');
      });

      test(`an error in the dialect of ${provider}`, async () => {
        await assert.rejects(client.messages.create({ model: `${provider},gemini-0-nothing`, max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] }), /404|not.found/i);
      });
    }
  });
}

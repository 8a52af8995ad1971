// Google's SDK for JavaScript, unchanged, against the Live API.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GoogleGenAI, Modality } from '@google/genai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-3.1-flash-live-preview';
let all;
let client;

before(async () => {
  all = await startAll();
  client = new GoogleGenAI({ apiKey: token, httpOptions: { baseUrl: all.gateway } });
});
after(() => all.stop());

async function connect(config = {}, name = model, ai = client) {
  const messages = [];
  const waiting = [];
  let closed;
  const whenClosed = new Promise((done) => (closed = done));
  const session = await ai.live.connect({
    model: name,
    config,
    callbacks: {
      onmessage: (message) => (waiting.length > 0 ? waiting.shift()(message) : messages.push(message)),
      onclose: (event) => closed({ code: event.code, reason: event.reason }),
      onerror: () => {},
    },
  });
  const next = () => (messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((done) => waiting.push(done)));
  const turn = async () => {
    const seen = [];
    do {
      seen.push(await next());
    } while (!seen.at(-1).serverContent?.turnComplete);
    return seen;
  };
  return { session, next, turn, whenClosed };
}

describe('live', () => {
  test('a text session talks', async () => {
    const { session, turn, whenClosed } = await connect({ responseModalities: [Modality.TEXT] });
    session.sendClientContent({ turns: 'Hello there', turnComplete: true });
    const first = await turn();
    assert.equal(first.map((message) => message.text ?? '').join(''), 'Echo 1: Hello there');
    assert.ok(first.at(-1).usageMetadata.totalTokenCount > 0);
    session.sendRealtimeInput({ text: 'And again' });
    assert.match((await turn()).map((message) => message.text ?? '').join(''), /^Echo 2/);
    session.close();
    assert.equal((await whenClosed).code, 1000);
  });

  test('sound comes back as data', async () => {
    const { session, turn } = await connect({ responseModalities: [Modality.AUDIO] });
    session.sendRealtimeInput({ audio: { data: Buffer.alloc(3200).toString('base64'), mimeType: 'audio/pcm;rate=16000' } });
    session.sendRealtimeInput({ audioStreamEnd: true });
    const data = (await turn()).map((message) => message.data ?? '').join('');
    assert.equal(Buffer.from(data, 'base64').toString(), 'Echo 1: (sound)');
    session.close();
  });

  test('a session is resumed on the key that it began on', async () => {
    const one = await connect({ responseModalities: [Modality.TEXT], sessionResumption: {} });
    one.session.sendClientContent({ turns: 'Remember me', turnComplete: true });
    await one.turn();
    const { newHandle } = (await one.next()).sessionResumptionUpdate;
    one.session.close();
    await one.whenClosed;
    for (let i = 0; i < 4; i++) {
      const two = await connect({ responseModalities: [Modality.TEXT], sessionResumption: { handle: newHandle } });
      two.session.sendClientContent({ turns: 'Me again', turnComplete: true });
      assert.equal((await two.turn()).map((message) => message.text ?? '').join(''), 'Echo 2: Me again');
      two.session.close();
      await two.whenClosed;
    }
  });

  test('a token made for a browser opens sessions, and nothing else', async () => {
    const httpOptions = { baseUrl: all.gateway, apiVersion: 'v1alpha' };
    const made = await new GoogleGenAI({ apiKey: token, httpOptions }).authTokens.create({
      config: { uses: 2, expireTime: new Date(Date.now() + 600_000).toISOString(), liveConnectConstraints: { model, config: { responseModalities: [Modality.TEXT] } } },
    });
    assert.match(made.name, /^auth_tokens\//);
    const browser = new GoogleGenAI({ apiKey: made.name, httpOptions });
    for (let i = 0; i < 2; i++) {
      const { session, turn, whenClosed } = await connect({ responseModalities: [Modality.TEXT] }, model, browser);
      session.sendClientContent({ turns: 'From a browser', turnComplete: true });
      assert.equal((await turn()).map((message) => message.text ?? '').join(''), 'Echo 1: From a browser');
      session.close();
      await whenClosed;
    }

    await assert.rejects(connect({}, model, browser), /1008/);
    assert.equal((await fetch(`${all.gateway}/v1beta/models?key=${made.name}`)).status, 401);
  });

  test('a wrong model and a wrong token are told', async () => {
    await assert.rejects(connect({}, 'gemini-nowhere'), /1008.*not found/);
    const stranger = new GoogleGenAI({ apiKey: 'sk-stranger', httpOptions: { baseUrl: all.gateway } });
    await assert.rejects(connect({}, model, stranger), /401/);
  });

  test('the tokens of sessions are in the log, and no secret is', async () => {
    const headers = { authorization: 'Bearer sk-client-suite-admin' };
    let rows = [];
    for (let tries = 0; tries < 50 && rows.length === 0; tries++) {
      await new Promise((done) => setTimeout(done, 200));
      const answer = await (await fetch(`${all.gateway}/api/logs/requests?limit=50`, { headers })).json();
      rows = (answer.logs ?? []).filter((row) => row.face === 'live' && row.outcome === 'succeeded');
    }

    assert.ok(rows.length > 0);
    for (const secret of [token, ...all.keys]) {
      assert.ok(!all.output().replace(/^API_KEYS=.*$/m, '').replace(/^.*curl.*$/gm, '').includes(secret));
    }
  });
});

// A cluster as the clients see it: a silo, two gateways, and one address whose connections go to either of them in turn.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { freePort, start, stop } from './processes.mjs';

/** Starts a silo and two gateways over a database of their own. */
export async function startCluster(settings, folder, port) {
  const name = `clients_${process.pid}_${port}`;
  query('', `CREATE DATABASE ${name}`);
  const shared = {
    MYSQL_CONNECTION: `Server=127.0.0.1;Port=${process.env.CLIENTS_DATABASE_PORT};Database=${name};User ID=root`,
    CLUSTER_ID: name,
    ENCRYPTION_KEY: 'client-suite-encryption-key-0123456789',
  };
  const [siloPort, forGateways, health] = [await freePort(), await freePort(), await freePort()];
  const silo = await start(
    'silo', [], { ...shared, SILO_PORT: `${siloPort}`, SILO_GATEWAY_PORT: `${forGateways}`, PORT: `${health}` }, folder, `http://127.0.0.1:${health}/health/ready`);
  const gateways = [];
  for (let i = 0; i < 2; i++) {
    const address = `http://127.0.0.1:${await freePort()}`;
    gateways.push({ address, process: await start('gateway.cluster', [], { ...settings, ...shared, ASPNETCORE_URLS: address }, folder, `${address}/health/ready`) });
  }

  const balancer = await startBalancer(port, gateways.map(({ address }) => Number(new URL(address).port)));
  const all = [...gateways.map((gateway) => gateway.process), silo];
  return {
    gateways: gateways.map(({ address }) => address),
    signaturesShared: (count) => until(() => Number(query(name, 'SELECT COUNT(*) FROM thought_signatures')) >= count),
    output: () => all.map((child) => child.output()).join(''),
    stop: async () => {
      balancer.close();
      for (const child of all) {
        await stop(child);
      }
    },
  };
}

function query(database, sql) {
  return execFileSync('mariadb', ['--no-defaults', '--skip-column-names', `--socket=${process.env.CLIENTS_DATABASE_SOCKET}`, '--user=root', '-e', sql, ...(database ? [database] : [])]);
}

// What is written behind is there soon.
async function until(condition) {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 600) {
      throw new Error(`never: ${condition}`);
    }

    await new Promise((done) => setTimeout(done, 50));
  }
}

async function startBalancer(port, targets) {
  let turn = 0;
  const server = createServer((client) => {
    const target = connect(targets[turn++ % targets.length], '127.0.0.1');
    client.pipe(target).pipe(client);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

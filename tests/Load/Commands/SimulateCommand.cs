using System.Diagnostics;
using System.Globalization;
using GeminiBalance.KeyPool;
using GeminiBalance.Load.Simulating;

namespace GeminiBalance.Load.Commands;

/// <summary>The pools of many gateways in simulated time, and the memory of one gateway with very many keys.</summary>
internal sealed class SimulateCommand : ILoadCommand
{
    private const string Model = "gemini-2.5-flash";

    public string Name => "simulate";

    public string Summary => "many gateways over one pool in simulated time: use and messages per call; and one gateway with --roster keys: memory and time";

    public IReadOnlyCollection<string> Options => ["keys", "rpm", "gateways", "minutes", "roster"];

    public Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var keys = arguments.Number("keys", otherwise: 10_000);
        var rpm = arguments.Number("rpm", otherwise: 5);
        var gateways = arguments.Number("gateways", otherwise: 10);
        var minutes = arguments.Number("minutes", otherwise: 4);
        foreach (var demand in (double[])[0.9, 1.2])
        {
            var run = new SharedPoolSimulation(keys, rpm, gateways, demand);
            run.Run(TimeSpan.FromMinutes(minutes), cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{keys:N0} keys x {rpm} a minute, {gateways} gateways, demand {demand:P0}: used {run.Use:P2}, {run.MessagesPerCall:F2} messages per call, {run.Denied:N0} of {run.Calls:N0} calls denied"));
        }

        MeasureRoster(arguments.Number("roster", otherwise: 1_000_000), time);
        return Task.FromResult(0);
    }

    private static void MeasureRoster(int count, TimeProvider time)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var pool = new ClusterKeyPool(new InstantLedgers(), time);
        pool.SetGateways("gateway-0", [.. Enumerable.Range(0, 100).Select(number => $"gateway-{number}")]);
        var started = time.GetTimestamp();
        pool.ApplyKeys([.. Enumerable.Range(0, count).Select(number => new RosterKey(SharedPoolSimulation.Key(number), new KeyProfile()))], []);
        var applied = time.GetElapsedTime(started);
        var request = new LeaseRequest { Model = Model };
        started = time.GetTimestamp();
        Acquire(pool, request, 1);
        var first = time.GetElapsedTime(started);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Acquire(pool, request, 100_000);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        Acquire(pool, request, 100_000);
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a gateway with {count:N0} keys: {memory / (double)count:F0} bytes per key with one model, roster taken over in {applied.TotalSeconds:F1} s, first call of a model {first.TotalMilliseconds:F0} ms, then {cpu.TotalMicroseconds / 100_000:F1} us CPU per acquire and settle"));
        GC.KeepAlive(pool);
    }

    private static void Acquire(ClusterKeyPool pool, LeaseRequest request, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var pending = pool.AcquireAsync(request, CancellationToken.None);
            if (pending is { IsCompletedSuccessfully: true, Result.Lease: { } lease })
            {
                pool.Settle(lease, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = lease.GrantedAt });
            }
        }
    }
}

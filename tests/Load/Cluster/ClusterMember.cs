using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Cluster;

/// <summary>One place in the cluster: a process that can be ended in every way and started again on the same ports.</summary>
internal sealed class ClusterMember : IAsyncDisposable
{
    /// <summary>The longest wait for a member to be ready.</summary>
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan ReadyInterval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider time;
    private readonly string workingFolder;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly int port;
    private readonly MemberLog? log;
    private ChildProcess? process;

    /// <param name="kind">What it is.</param>
    /// <param name="place">Counted from 1 among its kind.</param>
    /// <param name="port">Of its HTTP endpoints.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="workingFolder">Where it runs.</param>
    /// <param name="log">Gets all its lines.</param>
    /// <param name="time">The clock of the waits.</param>
    public ClusterMember(MemberKind kind, int place, int port, IReadOnlyDictionary<string, string> environment, string workingFolder, MemberLog? log, TimeProvider time)
    {
        (Kind, Place, this.port, this.environment, this.workingFolder, this.log, this.time) = (kind, place, port, environment, workingFolder, log, time);
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public MemberKind Kind { get; }

    public int Place { get; }

    /// <summary>For people: <c>silo 2</c>.</summary>
    public string Name => Kind == MemberKind.Silo ? $"silo {Place}" : $"gateway {Place}";

    public Uri Address { get; }

    public int ProcessId => Process.Id;

    /// <summary>Whether there is no process now.</summary>
    public bool HasExited => process is null || process.HasExited;

    private ChildProcess Process => process ?? throw new InvalidOperationException($"{Name} was never started.");

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Launch();
        await WaitUntilAsync(health => health.IsReady, ReadyMax, cancellationToken);
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public void Launch()
    {
        var dll = Kind == MemberKind.Silo ? Projects.Silo : Projects.ClusterGateway;
        process?.Release();
        process = ChildProcess.Launch(Name, dll, [], workingFolder, environment, port, log is null ? null : log.Add);
    }

    /// <summary>Waits until it says so at <c>/health/ready</c>.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not say so in time; the message holds its last words.</exception>
    public async Task WaitUntilAsync(Func<MemberHealth, bool> condition, TimeSpan max, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        MemberHealth health;
        while (!condition(health = await MemberHealth.ReadAsync(Address, cancellationToken)))
        {
            if (HasExited || time.GetElapsedTime(started) > max)
            {
                throw new InvalidOperationException($"{Name} {(HasExited ? "ended" : $"says {health.Code} '{health.Status}' after {max.TotalSeconds:F0} s")}:\n{Process.RecentOutput()}");
            }

            await Task.Delay(ReadyInterval, time, cancellationToken);
        }
    }

    public Task<MemberHealth> ReadHealthAsync(CancellationToken cancellationToken) => MemberHealth.ReadAsync(Address, cancellationToken);

    /// <summary>SIGTERM, and the wait for its end.</summary>
    public Task StopAsync() => Process.StopAsync();

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => Process.KillAsync();

    public void Freeze() => Process.Freeze();

    public void Thaw() => Process.Thaw();

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        log?.Dispose();
    }
}

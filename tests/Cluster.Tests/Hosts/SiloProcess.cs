using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>A silo as it is delivered, as a process of its own. Gone with <see cref="DisposeAsync"/>, and also when this process dies.</summary>
internal sealed partial class SiloProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    /// <summary>The silo's log line that says that it has joined.</summary>
    private const string JoinedLine = "Joined cluster";

    /// <summary>The longest wait for a silo to join, and to end.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Process process;
    private readonly List<string> output = [];
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? guard;

    private SiloProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => OnLine(line.Data);
        process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        process.Exited += (_, _) => joined.TrySetException(new InvalidOperationException("The silo ended before it joined."));
    }

    public string Output
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', output);
            }
        }
    }

    /// <summary>The ports it listens on for silos and for gateways.</summary>
    public required (int Silo, int Gateway) Ports { get; init; }

    /// <summary>Starts a silo and waits until it has joined.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="clusterId">The cluster's name.</param>
    /// <param name="ports">Those of the silo whose place it takes; else free ones.</param>
    public static async Task<SiloProcess> StartAsync(string connectionString, string clusterId, (int Silo, int Gateway)? ports = null)
    {
        var own = ports ?? (FindPort(), FindPort());
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GeminiBalance.Silo.dll")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["MYSQL_CONNECTION"] = connectionString;
        start.Environment["CLUSTER_ID"] = clusterId;
        start.Environment["SILO_PORT"] = $"{own.Silo}";
        start.Environment["SILO_GATEWAY_PORT"] = $"{own.Gateway}";
        start.Environment["HOST"] = "127.0.0.1";
        start.Environment["PORT"] = "0";
        var silo = new SiloProcess(new Process { StartInfo = start, EnableRaisingEvents = true }) { Ports = own };
        silo.process.Start();
        silo.guard = StartGuard(silo.process.Id);
        silo.process.BeginOutputReadLine();
        silo.process.BeginErrorReadLine();
        try
        {
            await silo.joined.Task.WaitAsync(WaitMax);
            return silo;
        }
        catch (Exception failure)
        {
            await silo.DisposeAsync();
            throw new InvalidOperationException($"The silo did not start:\n{silo.Output}", failure);
        }
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async Task StopAsync()
    {
        if (SendSignal(process.Id, SigTerm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        await process.WaitForExitAsync().WaitAsync(WaitMax);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync().WaitAsync(WaitMax);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (guard is not null)
        {
            await guard.StandardInput.WriteLineAsync("done");
            await guard.StandardInput.FlushAsync();
            await guard.WaitForExitAsync().WaitAsync(WaitMax);
            guard.Dispose();
        }

        process.Dispose();
    }

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Outlives this process when that is killed, sees the pipe end, and takes the silo along.</summary>
    private static Process StartGuard(int siloId) => Process.Start(
        new ProcessStartInfo("/bin/sh", ["-c", """trap '' INT TERM HUP; read -r line || kill -9 "$0" """, $"{siloId}"])
        {
            RedirectStandardInput = true, UseShellExecute = false,
        })!;

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            output.Add(line);
        }

        if (line.Contains(JoinedLine, StringComparison.Ordinal))
        {
            joined.TrySetResult();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}

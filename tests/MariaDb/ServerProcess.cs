using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GeminiBalance.MariaDb;

/// <summary>One run of the server.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>The file of statements that the server runs at its start, before it listens.</summary>
    public const string FirstStatements = "first.sql";

    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    // Constants and size of Linux, for waitid.
    private const int WaitForProcess = 1;
    private const int WaitForStop = 2;
    private const int WaitWithoutReaping = 0x01000000;
    private const int SignalInfoBytes = 128;
    private const int OutputLinesKept = 100;

    /// <summary>The longest wait for the server to listen, and to end.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Queue<string> output = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? guard;

    private ServerProcess(Process process, int port)
    {
        this.process = process;
        Port = port;
        process.OutputDataReceived += (_, line) => OnLine(line.Data);
        process.ErrorDataReceived += (_, line) => OnLine(line.Data);
    }

    public int Port { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string RecentOutput
    {
        get
        {
            lock (output)
            {
                return string.Join('\n', output);
            }
        }
    }

    public static async Task<ServerProcess> StartAsync(ServerPrograms programs, DirectoryInfo folder, int port, string[] options)
    {
        string[] arguments =
        [
            "--no-defaults", ServerPrograms.UserOption, $"--datadir={ServerPrograms.DataFolder(folder)}", $"--tmpdir={folder.FullName}",
            "--bind-address=127.0.0.1", $"--port={port}", $"--socket={Path.Combine(folder.FullName, "socket")}", $"--pid-file={Path.Combine(folder.FullName, "pid")}",
            $"--init-file={Path.Combine(folder.FullName, FirstStatements)}", "--skip-log-bin", "--skip-name-resolve", .. options,
        ];
        var start = new ProcessStartInfo(programs.Server, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var server = new ServerProcess(new Process { StartInfo = start }, port);
        server.process.Start();
        server.guard = StartGuard(server.Id, folder);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        try
        {
            if (await Task.WhenAny(server.ready.Task, server.process.WaitForExitAsync()).WaitAsync(WaitMax) == server.ready.Task)
            {
                return server;
            }

            throw Failure(server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when all its threads stand still.</summary>
    public void Freeze()
    {
        Signal(SigStop);
        Check(WaitId(WaitForProcess, Id, new byte[SignalInfoBytes], WaitForStop | WaitWithoutReaping));
    }

    public void Thaw() => Signal(SigCont);

    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync().WaitAsync(WaitMax);
    }

    public async Task StopAsync()
    {
        Signal(SigTerm);
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

    /// <summary>Outlives this process when that is killed, sees the pipe end, and takes the server and its folder along.</summary>
    private static Process StartGuard(int serverId, DirectoryInfo folder) => Process.Start(
        new ProcessStartInfo("/bin/sh", ["-c", """trap '' INT TERM HUP; read -r line || { kill -9 "$0"; rm -rf "$1"; }""", $"{serverId}", folder.FullName])
        {
            RedirectStandardInput = true, UseShellExecute = false,
        })!;

    private static InvalidOperationException Failure(ServerProcess server)
    {
        var words = $"{server.process.StartInfo.FileName} ended with {server.process.ExitCode}: {server.RecentOutput}";
        return words.Contains("already in use", StringComparison.OrdinalIgnoreCase) ? new PortTakenException(words) : new InvalidOperationException(words);
    }

    private void Signal(int signal) => Check(SendSignal(Id, signal));

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Enqueue(line);
            if (output.Count > OutputLinesKept)
            {
                output.Dequeue();
            }
        }

        // MySQL's second protocol announces itself without the program's name, and earlier.
        if (line.Contains(": ready for connections", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitId(int kind, int processId, byte[] info, int options);
}

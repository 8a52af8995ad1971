using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace GeminiBalance.Load.Processes;

/// <summary>A server of the project as a process of its own, on a loopback port the kernel chose.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    /// <summary>The longest wait for a server to listen, and to end after it was killed.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private const int OutputLinesKept = 200;

    private readonly Process _process;
    private readonly Action<string>? _onLine;
    private readonly Channel<string> _output = Channel.CreateBounded<string>(new BoundedChannelOptions(OutputLinesKept) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(string name, Process process, Action<string>? onLine)
    {
        Name = name;
        _process = process;
        _onLine = onLine;
        process.OutputDataReceived += (_, e) => OnLine(e.Data);
        process.ErrorDataReceived += (_, e) => OnLine(e.Data);
        process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"{name} ended before it listened."));
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Scheme, host and port it listens on.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts a built program and waits until it says where it listens.</summary>
    /// <param name="name">For people.</param>
    /// <param name="dll">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="workingFolder">Where it looks for a <c>.env</c>: never in the user's own folder.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <param name="port">The port; 0 lets the kernel choose.</param>
    public static async Task<ChildProcess> StartAsync(
        string name, string dll, IEnumerable<string> arguments, string workingFolder, IReadOnlyDictionary<string, string> environment, int port = 0)
    {
        var child = Launch(name, dll, arguments, workingFolder, environment, port);
        try
        {
            child.Address = await child._listening.Task.WaitAsync(WaitMax);
            return child;
        }
        catch
        {
            await Console.Error.WriteLineAsync(child.RecentOutput());
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a built program and does not wait for anything; <see cref="Address"/> is where it was told to listen.</summary>
    /// <param name="name">For people.</param>
    /// <param name="dll">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="workingFolder">Where it looks for a <c>.env</c>.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <param name="port">The port.</param>
    /// <param name="onLine">Told of every line it writes, from several threads.</param>
    public static ChildProcess Launch(
        string name, string dll, IEnumerable<string> arguments, string workingFolder, IReadOnlyDictionary<string, string> environment, int port, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder,
        };
        start.Environment.Remove(InlineCompletions.Variable);
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var child = new ChildProcess(name, new Process { StartInfo = start, EnableRaisingEvents = true }, onLine) { Address = new Uri($"http://127.0.0.1:{port}") };
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The last lines it wrote.</summary>
    public string RecentOutput()
    {
        var lines = new List<string>();
        while (_output.Reader.TryRead(out var line))
        {
            lines.Add($"[{Name}] {line}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>Asks it to end, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        Signal(SigTerm);
        await _process.WaitForExitAsync().WaitAsync(WaitMax);
    }

    /// <summary>Stops it in mid-work (SIGSTOP): its connections stay open and nothing answers.</summary>
    public void Freeze() => Signal(SigStop);

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Signal(SigCont);

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(WaitMax);
        }
    }

    /// <summary>Lets go of a process that has ended.</summary>
    public void Release() => _process.Dispose();

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    [GeneratedRegex("(?<=listen.*)http://127[.]0[.]0[.]1:[0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningLine();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);

    private void Signal(int signal)
    {
        if (SendSignal(Id, signal) != 0)
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

        _onLine?.Invoke(line);
        _output.Writer.TryWrite(line);
        if (ListeningLine().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Value));
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GeminiBalance.Silo.Tests.Hosts;

/// <summary>The silo as a process of its own, with the settings given and no others.</summary>
internal sealed partial class SiloProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    /// <summary>The longest wait for what surely comes, on a machine that is busy.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("geminibalance-silo-");
    private readonly Process process;
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly List<(string Part, TaskCompletionSource<string> Seen)> awaited = [];

    public SiloProcess(string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GeminiBalance.Silo.dll"), .. arguments])
        {
            WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MYSQL_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => OnLine(line.Data);
        process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Waits for a line that holds this; it may have been written already.</summary>
    public async Task<string> SeeAsync(string part)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (lines.Find(line => line.Contains(part, StringComparison.Ordinal)) is { } earlier)
            {
                return earlier;
            }

            awaited.Add((part, seen));
        }

        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(seen.Task, ended).WaitAsync(WaitMax) == ended && !seen.Task.IsCompleted)
        {
            throw new InvalidOperationException($"The silo ended without '{part}':\n{Output}");
        }

        return await seen.Task;
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(WaitMax);
        return process.ExitCode;
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public void Terminate()
    {
        if (SendSignal(process.Id, SigTerm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(WaitMax);
        }

        process.Dispose();
        folder.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            lines.Add(line);
            foreach (var (_, seen) in awaited.Where(wait => line.Contains(wait.Part, StringComparison.Ordinal)))
            {
                seen.TrySetResult(line);
            }
        }
    }
}

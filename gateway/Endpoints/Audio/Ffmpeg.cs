using System.Diagnostics;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Packs speech with loss by <c>ffmpeg</c>, where that is installed: https://ffmpeg.org/ffmpeg.html.</summary>
/// <param name="program">Its path; null where it is not installed.</param>
internal sealed class Ffmpeg(string? program, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim places = new(Environment.ProcessorCount);

    public bool IsInstalled => program is not null;

    /// <summary>Looks for it in the folders of <c>PATH</c>.</summary>
    public static Ffmpeg Find(TimeProvider time)
    {
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return new Ffmpeg(folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists), time);
    }

    /// <summary>Makes a file of a WAV file.</summary>
    /// <exception cref="InvalidOperationException">It could not; the message has what ffmpeg said.</exception>
    /// <exception cref="BufferOverflowException">The file is larger than the output may be.</exception>
    public async Task EncodeAsync(ReadOnlyMemory<byte> wav, SpeechFormat format, PooledBuffer output, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeOut = new CancellationTokenSource(Limits.SpeechEncodingTimeOut, time);
        await using var ending = timeOut.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), bound);
        try
        {
            await InPlaceAsync(wav, format, output, bound.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"ffmpeg took longer than {Limits.SpeechEncodingTimeOut.TotalSeconds} s to pack speech.", late);
        }
    }

    public void Dispose() => places.Dispose();

    private async Task InPlaceAsync(ReadOnlyMemory<byte> wav, SpeechFormat format, PooledBuffer output, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            await RunAsync(wav, format, output, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task RunAsync(ReadOnlyMemory<byte> wav, SpeechFormat format, PooledBuffer output, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(format)) ?? throw new InvalidOperationException($"{program} could not be started.");
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        Task[] streams = [errors, ReadAsync(process.StandardOutput.BaseStream, output, cancellationToken), FeedAsync(process, wav, cancellationToken)];
        try
        {
            await foreach (var ended in Task.WhenEach(streams))
            {
                await ended;
            }

            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"ffmpeg could not pack speech as {format} (exit code {process.ExitCode}): {(await errors).Trim()}");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            // The caller's memory is theirs again only when nothing reads into it any more.
            await Task.WhenAll(streams).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadAsync(Stream stream, PooledBuffer output, CancellationToken cancellationToken)
    {
        int count;
        while ((count = await stream.ReadAsync(output.Free(), cancellationToken)) > 0)
        {
            output.Advance(count);
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> wav, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(wav, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all; its exit code and its words tell why.
        }
    }

    private ProcessStartInfo StartInfo(SpeechFormat format)
    {
        string[] packing = format switch
        {
            SpeechFormat.Mp3 => ["-f", "mp3"],
            SpeechFormat.Opus => ["-c:a", "libopus", "-f", "ogg"],
            _ => ["-c:a", "aac", "-f", "adts"],
        };
        return new ProcessStartInfo(program!, ["-hide_banner", "-loglevel", "error", "-f", "wav", "-i", "pipe:0", .. packing, "pipe:1"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
    }
}

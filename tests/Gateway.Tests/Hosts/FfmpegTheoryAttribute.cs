using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>Needs ffmpeg.</summary>
public sealed class FfmpegTheoryAttribute : TheoryAttribute
{
    public FfmpegTheoryAttribute()
    {
        using var ffmpeg = Ffmpeg.Find(TimeProvider.System);
        Skip = ffmpeg.IsInstalled ? null : "needs ffmpeg on the PATH";
    }
}

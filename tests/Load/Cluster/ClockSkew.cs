using System.Globalization;

namespace GeminiBalance.Load.Cluster;

/// <summary>Puts a process' wall clock off with libfaketime; its monotonic clock runs true, as on a machine that nobody synchronizes.</summary>
internal static class ClockSkew
{
    private static readonly string[] Places =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib64/faketime/libfaketime.so.1",
        "/usr/lib/faketime/libfaketime.so.1",
        "/usr/local/lib/faketime/libfaketime.so.1",
    ];

    private static readonly string? Library = Places.FirstOrDefault(File.Exists);

    /// <summary>Null where clocks can be put off.</summary>
    public static string? MissingReason => Library is null ? "needs libfaketime (Debian: apt-get install faketime)" : null;

    /// <summary>The variables to start a process with; none for an offset of zero.</summary>
    public static IReadOnlyDictionary<string, string> Variables(TimeSpan offset) => offset == TimeSpan.Zero
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library ?? throw new InvalidOperationException(MissingReason),
            ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{offset.TotalSeconds:+0.###;-0.###}s"),
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace GeminiBalance.Load.Driving;

/// <summary>Waits for a moment to within some 0.1 ms without spinning. Timers of the runtime are good to 1 ms only, more than what is to be measured.</summary>
internal static partial class Pacer
{
    private const int Interrupted = 4;

    /// <summary>Blocks the calling thread, which must be one made for pacing.</summary>
    public static void WaitUntil(TimeProvider time, long timestamp)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), timestamp);
        while (left > TimeSpan.Zero)
        {
            var wanted = new TimeSpec(left.Ticks / TimeSpan.TicksPerSecond, left.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
            if (NanoSleep(in wanted, IntPtr.Zero) != 0 && Marshal.GetLastPInvokeError() is var error && error != Interrupted)
            {
                throw new Win32Exception(error);
            }

            left = time.GetElapsedTime(time.GetTimestamp(), timestamp);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NanoSleep(in TimeSpec wanted, IntPtr left);

    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}

using System.Security.Cryptography;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>The name of this process as a writer of the log; random, so that a restarted process is another one.</summary>
internal sealed record WriterName(string Value)
{
    private const int RandomDigits = 16;

    public static WriterName Random() => new(RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true));
}

using System.Buffers.Binary;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>How long a recording in WAV is, by its head and its size. Pure.</summary>
public static class WaveLength
{
    /// <summary>Bytes of a head, where nothing unusual is in it.</summary>
    public const int HeadBytes = 44;

    private const int RateAt = 28;

    /// <param name="start">The first bytes.</param>
    /// <param name="bytes">Bytes in all.</param>
    /// <returns>Seconds; null for another kind of recording.</returns>
    public static double? SecondsOf(ReadOnlySpan<byte> start, long bytes)
    {
        if (start.Length < HeadBytes || !start.StartsWith("RIFF"u8) || !start[8..].StartsWith("WAVEfmt "u8))
        {
            return null;
        }

        var rate = BinaryPrimitives.ReadUInt32LittleEndian(start[RateAt..]);
        return rate > 0 ? (double)(bytes - HeadBytes) / rate : null;
    }
}

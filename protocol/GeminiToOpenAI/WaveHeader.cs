using System.Buffers.Binary;
using System.Globalization;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The header that makes a WAV file of Gemini's raw speech: 16-bit little-endian samples of one channel.</summary>
public static class WaveHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 44;

    private const int DefaultRate = 24_000;
    private const short BytesPerSample = 2;
    private const int Unknown = -1;

    /// <param name="mimeType">Such as <c>audio/L16;codec=pcm;rate=24000</c>.</param>
    /// <returns>Hertz; null when the type says that the data is a file already.</returns>
    public static int? RateOfRawSamples(string mimeType)
    {
        var fields = mimeType.Split(';', StringSplitOptions.TrimEntries);
        if (!fields[0].Equals("audio/L16", StringComparison.OrdinalIgnoreCase) && !fields[0].Equals("audio/pcm", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rate = Array.Find(fields, field => field.StartsWith("rate=", StringComparison.OrdinalIgnoreCase));
        return int.TryParse(rate?[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var hertz) && hertz > 0 ? hertz : DefaultRate;
    }

    /// <param name="rate">Hertz.</param>
    /// <param name="sampleBytes">Bytes of samples that follow; null for as many as come, which players take to the end of the stream.</param>
    public static byte[] Of(int rate, int? sampleBytes)
    {
        var header = new byte[Length];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), sampleBytes is { } bytes ? Length - 8 + bytes : Unknown);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16); // Length of what describes the format
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1); // Channels
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), unchecked(rate * BytesPerSample));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), BytesPerSample * 8);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), sampleBytes ?? Unknown);
        return header;
    }
}

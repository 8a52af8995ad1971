using System.Buffers.Binary;

namespace GeminiBalance.FakeGemini;

/// <summary>What speech models say: 24 kHz, 16 bits, mono.</summary>
internal static class Sounds
{
    public const string RawType = "audio/L16;codec=pcm;rate=24000";

    private const int Rate = 24_000;
    private const int SamplesPerEvent = 2_400;

    /// <summary>A tenth of a second of a saw tooth.</summary>
    /// <param name="place">Which tenth: each differs from the one before.</param>
    public static byte[] Piece(int place)
    {
        var bytes = new byte[SamplesPerEvent * 2];
        for (var i = 0; i < SamplesPerEvent; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 2), (short)(((i * (place + 7)) % 4_000) - 2_000));
        }

        return bytes;
    }

    /// <summary>The same as a WAV file, as models from 3.8 on answer when they do not stream.</summary>
    public static byte[] Wave(byte[] samples)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 36 + samples.Length);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), samples.Length);
        return [.. header, .. samples];
    }

    /// <summary>A whole answer holds one part, whatever the stream was cut into.</summary>
    public static AnswerEvent Whole(IReadOnlyList<AnswerEvent> events, FakeModel model)
    {
        byte[] samples = [.. events.SelectMany(one => one.Parts).Where(part => part.InlineBytes is not null).SelectMany(part => part.InlineBytes!)];
        var part = model.SpeaksInFiles
            ? new AnswerPart { InlineMimeType = "audio/wav", InlineBytes = Wave(samples) }
            : new AnswerPart { InlineMimeType = RawType, InlineBytes = samples };
        return events[^1] with { Parts = [part] };
    }
}

using System.Buffers;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Packs samples of speech: 16-bit little-endian, one channel. One per answer.</summary>
internal interface ISpeechEncoder
{
    /// <summary>Writes what stands in front.</summary>
    /// <param name="rate">Hertz.</param>
    /// <param name="sampleBytes">Bytes of all samples; null while they are still being spoken.</param>
    void Begin(int rate, int? sampleBytes, IBufferWriter<byte> output);

    /// <summary>Writes some samples; some may be kept for later.</summary>
    void Append(ReadOnlySpan<byte> samples, IBufferWriter<byte> output);

    /// <summary>Writes what was kept.</summary>
    void End(IBufferWriter<byte> output);
}

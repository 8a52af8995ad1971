using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A 64-bit hash that is the same in every process and release, unlike <see cref="HashCode"/>. Not for secrets.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a's start.</summary>
    public const ulong Seed = 14_695_981_039_346_656_037;

    private const ulong Prime = 1_099_511_628_211;
    private const ulong Mixer = 0x9E37_79B9_7F4A_7C15;

    public static ulong Of(string text) => Add(Seed, MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>FNV-1a by words of eight bytes, each mixed, so that long prompts cost little.</summary>
    public static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Add(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }

        return hash;
    }

    public static ulong Add(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Mixer;
        return hash ^ (hash >> 29);
    }
}

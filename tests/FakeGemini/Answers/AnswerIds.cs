using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.FakeGemini;

/// <summary>Ids and signatures: the same sequence for the same seed.</summary>
internal sealed class AnswerIds(int seed)
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int CallIdLength = 8;
    private const int NameHashBytes = 8;
    private static readonly byte[] Magic = [0x12, 0x9c, 0x0a, 0xfa];
    private long last;

    /// <summary>22 characters of URL-safe base64.</summary>
    public string NextResponseId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes, Interlocked.Increment(ref last));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>A number of 17 digits or so.</summary>
    public long NextNumber()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes, Interlocked.Increment(ref last));
        return (long)(BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 8);
    }

    /// <summary>8 lower-case letters and digits.</summary>
    public string NextCallId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes, Interlocked.Increment(ref last));
        Span<char> id = stackalloc char[CallIdLength];
        for (var i = 0; i < id.Length; i++)
        {
            id[i] = Alphabet[bytes[i] % Alphabet.Length];
        }

        return new string(id);
    }

    /// <summary>A signature that remembers for which function it was given; empty name for a text.</summary>
    public string NextSignature(string name)
    {
        var bytes = new byte[Magic.Length + NameHashBytes + 48];
        Magic.CopyTo(bytes, 0);
        NameHash(name).CopyTo(bytes, Magic.Length);
        for (var at = Magic.Length + NameHashBytes; at < bytes.Length; at += 16)
        {
            Fill(bytes.AsSpan(at, 16), Interlocked.Increment(ref last));
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Whether a signature may stand at a call of this function: it is not of this server, or was given for it.</summary>
    public static bool Fits(ReadOnlySpan<byte> signature, string name) =>
        !signature.StartsWith(Magic) || (signature.Length > Magic.Length + NameHashBytes && signature.Slice(Magic.Length, NameHashBytes).SequenceEqual(NameHash(name)));

    public void Restart() => Interlocked.Exchange(ref last, 0);

    private static byte[] NameHash(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name))[..NameHashBytes];

    // SplitMix64: cheap, and neighbouring numbers look unrelated.
    private void Fill(Span<byte> bytes, long number)
    {
        var state = ((ulong)(uint)seed << 32) + (ulong)number;
        for (var at = 0; at + 8 <= bytes.Length; at += 8)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], z ^ (z >> 31));
        }
    }
}

using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.Gateway.Resources;

/// <summary>
/// The secret in the address of an upload. Who has it may go on with the upload, as with the upstream's own; the store holds only what
/// nobody can use without it.
/// </summary>
internal sealed class UploadTicket
{
    private const int SecretBytes = 32;
    private readonly byte[] secret;

    private UploadTicket(byte[] secret) => this.secret = secret;

    /// <summary>What stands in the address.</summary>
    public string Text => Base64Url.EncodeToString(secret);

    /// <summary>Under which name the ledger keeps the upload.</summary>
    public string RowName => $"{ResourceCollection.Uploads}/{Convert.ToHexStringLower(Derive("name"))}";

    public static UploadTicket Create() => new(RandomNumberGenerator.GetBytes(SecretBytes));

    public static bool TryParse(string? text, [NotNullWhen(true)] out UploadTicket? ticket)
    {
        ticket = text is not null && Base64Url.IsValid(text, out var length) && length == SecretBytes ? new UploadTicket(Base64Url.DecodeFromChars(text)) : null;
        return ticket is not null;
    }

    /// <summary>Encrypts the upstream's address, which is a secret itself.</summary>
    public byte[] Seal(Uri address)
    {
        var text = Encoding.UTF8.GetBytes(address.AbsoluteUri);
        var box = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + text.Length];
        var (nonce, tag, cipher) = Split(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(Derive("address"), AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce.Span, text, cipher.Span, tag.Span);
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed for another upload, or damaged.</exception>
    public Uri Open(ReadOnlyMemory<byte> box)
    {
        var (nonce, tag, cipher) = Split(box.ToArray());
        var text = new byte[cipher.Length];
        using var aes = new AesGcm(Derive("address"), AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, text);
        return new Uri(Encoding.UTF8.GetString(text));
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Split(byte[] box)
    {
        var nonce = AesGcm.NonceByteSizes.MaxSize;
        var text = nonce + AesGcm.TagByteSizes.MaxSize;
        return (box.AsMemory(0, nonce), box.AsMemory(nonce, AesGcm.TagByteSizes.MaxSize), box.AsMemory(text));
    }

    private byte[] Derive(string purpose) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(purpose));
}

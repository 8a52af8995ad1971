using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.Gateway.Resources;

/// <summary>
/// The secret in the address of an upload, or in a token of the Live API. Who has it may use the upstream's own through the gateway; the
/// store holds only what nobody can use without it.
/// </summary>
internal sealed class ResourceTicket
{
    private const int SecretBytes = 32;
    private readonly byte[] secret;

    private ResourceTicket(byte[] secret) => this.secret = secret;

    /// <summary>What the client gets.</summary>
    public string Text => Base64Url.EncodeToString(secret);

    /// <summary>Under which name the ledger keeps the upload.</summary>
    public string RowName => NameIn(ResourceCollection.Uploads);

    /// <summary>Under which name the ledger keeps what is no upload.</summary>
    public string NameIn(string collection) => $"{collection}/{Convert.ToHexStringLower(Derive("name"))}";

    public static ResourceTicket Create() => new(RandomNumberGenerator.GetBytes(SecretBytes));

    public static bool TryParse(string? text, [NotNullWhen(true)] out ResourceTicket? ticket)
    {
        ticket = text is not null && Base64Url.IsValid(text, out var length) && length == SecretBytes ? new ResourceTicket(Base64Url.DecodeFromChars(text)) : null;
        return ticket is not null;
    }

    /// <summary>Encrypts the upstream's address, which is a secret itself.</summary>
    public byte[] Seal(Uri address) => Seal(address.AbsoluteUri);

    /// <summary>Encrypts a secret of the upstream's.</summary>
    public byte[] Seal(string secretText)
    {
        var text = Encoding.UTF8.GetBytes(secretText);
        var box = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + text.Length];
        var (nonce, tag, cipher) = Split(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(Derive("address"), AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce.Span, text, cipher.Span, tag.Span);
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed for another upload, or damaged.</exception>
    public Uri Open(ReadOnlyMemory<byte> box) => new(OpenText(box));

    /// <exception cref="CryptographicException">It was sealed with another ticket, or damaged.</exception>
    public string OpenText(ReadOnlyMemory<byte> box)
    {
        var (nonce, tag, cipher) = Split(box.ToArray());
        var text = new byte[cipher.Length];
        using var aes = new AesGcm(Derive("address"), AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, text);
        return Encoding.UTF8.GetString(text);
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Split(byte[] box)
    {
        var nonce = AesGcm.NonceByteSizes.MaxSize;
        var text = nonce + AesGcm.TagByteSizes.MaxSize;
        return (box.AsMemory(0, nonce), box.AsMemory(nonce, AesGcm.TagByteSizes.MaxSize), box.AsMemory(text));
    }

    private byte[] Derive(string purpose) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(purpose));
}

using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Encrypts secrets at rest with AES-256-GCM. A box opens only under the name it was closed with. Any number of threads may use it.</summary>
/// <remarks>Form: 1 byte version, 12 bytes random nonce, 16 bytes tag, the encrypted text.</remarks>
internal sealed class SecretBox : IDisposable
{
    public const int KeyBytes = 32;
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;
    private readonly byte[] masterKey;
    private readonly byte[] key;

    public SecretBox(byte[] masterKey)
    {
        this.masterKey = masterKey;
        key = DeriveKey("keys at rest");
    }

    public byte[] Close(string name, string secret)
    {
        var text = Encoding.UTF8.GetBytes(secret);
        var box = Close(name, text);
        CryptographicOperations.ZeroMemory(text);
        return box;
    }

    public byte[] Close(string name, ReadOnlySpan<byte> content)
    {
        var box = new byte[HeaderBytes + content.Length];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceBytes));
        using var cipher = NewCipher();
        cipher.Encrypt(
            box.AsSpan(1, NonceBytes), content, box.AsSpan(HeaderBytes), box.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return box;
    }

    /// <returns>Null when the box is damaged, or was closed with another key or under another name.</returns>
    public string? TryOpen(string name, ReadOnlySpan<byte> box)
    {
        if (TryOpenBytes(name, box) is not { } text)
        {
            return null;
        }

        var secret = Encoding.UTF8.GetString(text);
        CryptographicOperations.ZeroMemory(text);
        return secret;
    }

    /// <returns>Null when the box is damaged, or was closed with another key or under another name.</returns>
    public byte[]? TryOpenBytes(string name, ReadOnlySpan<byte> box)
    {
        if (box.Length < HeaderBytes || box[0] != Version)
        {
            return null;
        }

        var content = new byte[box.Length - HeaderBytes];
        try
        {
            using var cipher = NewCipher();
            cipher.Decrypt(box.Slice(1, NonceBytes), box[HeaderBytes..], box.Slice(1 + NonceBytes, TagBytes), content, Encoding.UTF8.GetBytes(name));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Another key, for a purpose of its own, that tells nothing of the first.</summary>
    public byte[] DeriveKey(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, KeyBytes, info: Encoding.UTF8.GetBytes($"GeminiBalance {purpose}"));

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(masterKey);
    }

    // One for each use: what two threads encrypt with the same one at the same time fails, or cannot be decrypted.
    private AesGcm NewCipher() => new(key, TagBytes);
}

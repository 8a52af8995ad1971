using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Finds the key that everything secret is encrypted with, and proves that it is the right one for this database.</summary>
internal static class MasterKey
{
    public const string FileName = "encryption.key";
    public const string SaltName = "encryption-salt";
    public const string CheckName = "encryption-check";
    private const int Iterations = 210_000;
    private const int SaltBytes = 16;
    private const string CheckText = "the key fits";

    /// <param name="folder">Where a generated key is kept.</param>
    /// <param name="facts">What the database knows of its key.</param>
    /// <param name="configured"><c>ENCRYPTION_KEY</c>; null generates a key, once.</param>
    /// <exception cref="StartException">The database was written with another key, or its key is gone.</exception>
    public static SecretBox Open(DataFolder folder, MetaTable facts, Secret? configured)
    {
        var check = facts.Find(CheckName);
        var box = configured is null ? new SecretBox(ReadOrCreateFile(folder, isNew: check is null)) : OpenConfigured(configured, Salt(facts));
        if (check is null)
        {
            facts.Set(CheckName, Proof(box));
            return box;
        }

        if (Fits(box, check))
        {
            return box;
        }

        box.Dispose();
        throw new StartException(configured is null
            ? $"The data in {folder.Path} was encrypted with another key than the one in {FileName}. Set ENCRYPTION_KEY to the one it was written with, or restore the file. Nothing was changed."
            : $"The data in {folder.Path} was encrypted with another key. Set ENCRYPTION_KEY to the one it was written with, or remove the setting if the key was generated ({FileName}). Nothing was changed.");
    }

    /// <summary>The box of a configured key.</summary>
    /// <param name="configured"><c>ENCRYPTION_KEY</c>.</param>
    /// <param name="salt">What the database keeps under <see cref="SaltName"/>.</param>
    public static SecretBox OpenConfigured(Secret configured, byte[] salt) => new(Derive(configured.Reveal(), salt));

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    /// <summary>What the database keeps under <see cref="CheckName"/>, so that another key is noticed.</summary>
    public static byte[] Proof(SecretBox box) => box.Close(CheckName, CheckText);

    /// <summary>Whether a box has the key that a proof was made with.</summary>
    public static bool Fits(SecretBox box, byte[] proof) => box.TryOpen(CheckName, proof) == CheckText;

    private static byte[] Derive(string text, byte[] salt)
    {
        var key = new byte[SecretBox.KeyBytes];
        return Base64.DecodeFromUtf8(Encoding.UTF8.GetBytes(text), key, out _, out var written) == System.Buffers.OperationStatus.Done && written == key.Length
            ? key
            : Rfc2898DeriveBytes.Pbkdf2(text, salt, Iterations, HashAlgorithmName.SHA256, SecretBox.KeyBytes);
    }

    private static byte[] Salt(MetaTable facts)
    {
        if (facts.Find(SaltName) is { } salt)
        {
            return salt;
        }

        var fresh = NewSalt();
        facts.Set(SaltName, fresh);
        return fresh;
    }

    private static byte[] ReadOrCreateFile(DataFolder folder, bool isNew)
    {
        if (!isNew && !File.Exists(folder.In(FileName)))
        {
            throw new StartException(
                $"The data in {folder.Path} is encrypted and its key is missing: restore {FileName}, or set ENCRYPTION_KEY to the one it was written with. Nothing was changed.");
        }

        using var file = folder.Open(FileName, FileMode.OpenOrCreate, FileShare.None);
        if (file.Length == 0)
        {
            var fresh = RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);
            file.Write(Encoding.UTF8.GetBytes(Convert.ToBase64String(fresh) + "\n"));
            file.Flush(flushToDisk: true);
            return fresh;
        }

        using var reader = new StreamReader(file);
        var key = new byte[SecretBox.KeyBytes];
        return Convert.TryFromBase64String(reader.ReadToEnd().Trim(), key, out var written) && written == key.Length
            ? key
            : throw new StartException($"{folder.In(FileName)} is damaged: it must hold 32 bytes as base64. Restore it. Nothing was changed.");
    }
}

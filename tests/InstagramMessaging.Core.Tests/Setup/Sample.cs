using System;
using System.IO;
using System.Security.Cryptography;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>The real files of tests/Samples.</summary>
internal static class Sample
{
    /// <param name="name">Such as <c>sample.png</c>.</param>
    public static byte[] Bytes(string name)
    {
        using Stream stream = typeof(Sample).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        return Convert.FromBase64String(reader.ReadToEnd());
    }

    /// <summary>Puts it into a folder, under a name of the test's.</summary>
    public static string Sampled(this MediaFolder folder, string name, string sample) => folder.File(name, Bytes(sample));

    public static string Sha256(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}

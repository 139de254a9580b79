import android_2_3 from './android-2.3.js';
import android_4_0 from './android-4.0.js';
import android_4_1 from './android-4.1.js';
import android_4_2 from './android-4.2.js';
import android_4_4 from './android-4.4.js';
import android_5_0 from './android-5.0.js';
import android_6_0 from './android-6.0.js';
import chrome_49 from './chrome-49.js';
import chrome_101 from './chrome-101.js';
import chrome_133 from './chrome-133.js';
import chromium_156 from './chromium-156.js';
import type {ClientProfile} from './client-profile.js';
import curl from './curl.js';
import edge_12 from './edge-12.js';
import edge_13WindowsPhone_10 from './edge-13-windows-phone-10.js';
import edge_17 from './edge-17.js';
import firefox_49 from './firefox-49.js';
import firefox_153 from './firefox-153.js';
import gnutls from './gnutls.js';
import go from './go.js';
import ie_8Windows_7 from './ie-8-windows-7.js';
import ie_10Windows_7 from './ie-10-windows-7.js';
import ie_10WindowsPhone_8_0 from './ie-10-windows-phone-8.0.js';
import ie_11Windows_7 from './ie-11-windows-7.js';
import ie_11Windows_8_1 from './ie-11-windows-8.1.js';
import ie_11Windows_10 from './ie-11-windows-10.js';
import ie_11WindowsPhone_8_1 from './ie-11-windows-phone-8.1.js';
import ie_11WindowsPhone_8_1Update from './ie-11-windows-phone-8.1-update.js';
import ios_9 from './ios-9.js';
import java_6u45 from './java-6u45.js';
import java_7u25 from './java-7u25.js';
import java_8b132 from './java-8b132.js';
import java_8u31 from './java-8u31.js';
import java_8u111 from './java-8u111.js';
import java_8u161 from './java-8u161.js';
import java_8u442 from './java-8u442.js';
import java_11_0_2 from './java-11.0.2.js';
import java_17 from './java-17.js';
import java_21 from './java-21.js';
import libressl_2_8 from './libressl-2.8.js';
import node_20 from './node-20.js';
import openssl_0_9_8 from './openssl-0.9.8.js';
import openssl_1_0_1 from './openssl-1.0.1.js';
import openssl_1_0_1l from './openssl-1.0.1l.js';
import openssl_1_0_2 from './openssl-1.0.2.js';
import openssl_1_1_0 from './openssl-1.1.0.js';
import openssl_1_1_1 from './openssl-1.1.1.js';
import openssl_3_0 from './openssl-3.0.js';
import openssl_3_5 from './openssl-3.5.js';
import python from './python.js';
import safari_5 from './safari-5.js';
import safari_6 from './safari-6.js';
import {dotnetClientsOf} from './windows/dotnet-clients.js';
import {systemClientsOf} from './windows/system-clients.js';
import {windowsVersions} from './windows/versions.js';
import windowsXp from './windows-xp.js';
import windowsXpIe6 from './windows-xp-ie6.js';

/** Every client, by family and, within one, oldest first. */
export const clientProfiles: readonly ClientProfile[] = [
	windowsXpIe6,
	windowsXp,
	...systemClientsOf(windowsVersions),
	...dotnetClientsOf(windowsVersions),
	ie_8Windows_7,
	ie_10Windows_7,
	ie_10WindowsPhone_8_0,
	ie_11Windows_7,
	ie_11Windows_8_1,
	ie_11WindowsPhone_8_1,
	ie_11WindowsPhone_8_1Update,
	ie_11Windows_10,
	edge_12,
	edge_13WindowsPhone_10,
	edge_17,
	chrome_101,
	chrome_133,
	chrome_49,
	firefox_49,
	firefox_153,
	safari_5,
	safari_6,
	chromium_156,
	java_6u45,
	java_7u25,
	java_8b132,
	java_8u31,
	java_8u111,
	java_8u161,
	java_8u442,
	java_11_0_2,
	java_21,
	java_17,
	openssl_0_9_8,
	openssl_1_0_1,
	openssl_1_0_1l,
	openssl_1_0_2,
	openssl_1_1_0,
	openssl_1_1_1,
	openssl_3_0,
	openssl_3_5,
	libressl_2_8,
	curl,
	python,
	node_20,
	gnutls,
	go,
	ios_9,
	android_2_3,
	android_4_0,
	android_4_1,
	android_4_2,
	android_4_4,
	android_5_0,
	android_6_0,
];
